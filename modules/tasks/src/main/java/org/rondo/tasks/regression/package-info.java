/**
 * Numbers for every text, row of tokens or series of values, or for each of its steps. Holds the
 * task's columns, keys, fitting, features and decoder.
 */
package org.rondo.tasks.regression;
