/**
 * A tag for every token, such as parts of speech or names. Holds the task's columns, keys, fitting,
 * features and decoder, and what schemes of chunk tags mean.
 */
package org.rondo.tasks.tagging;
