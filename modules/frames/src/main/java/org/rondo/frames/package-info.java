/**
 * The way from any Spark source to prepared sequences, and from predictions back to columns. Here
 * are the plans; {@code formats} parses files that Spark does not read by itself and knows no
 * Spark; {@code sources} makes DataFrames; {@code rows} turns rows into examples; {@code prepare}
 * places, fits and encodes them; {@code predict} writes predictions beside them.
 */
package org.rondo.frames;
