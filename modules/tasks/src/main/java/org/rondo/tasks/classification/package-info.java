/**
 * A label, or several, for every text, row of tokens or series of values. Holds the task's columns,
 * keys, fitting, features and decoder.
 */
package org.rondo.tasks.classification;
