/**
 * Training from a notebook: methods to be chained, progress in lines, results that Zeppelin draws.
 * Made for Scala's shells, so it takes the {@code SparkContext} that they have, prints where they
 * print, and never stops what it did not start. Runs are those of {@code org.rondo.runs}.
 */
package org.rondo.notebook;
