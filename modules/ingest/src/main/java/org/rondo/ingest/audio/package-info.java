/**
 * From recorded sound to what a network hears: WAV files, samples at another rate, and their
 * logarithmic mel spectrum, frame by frame. All of it is in double and by {@link StrictMath}, so
 * that the same file gives bit-identical frames everywhere.
 */
package org.rondo.ingest.audio;
