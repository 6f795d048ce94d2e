/** From a plan to DataFrames, whatever the format; with columns that tell where a row stands. */
package org.rondo.frames.sources;
