package org.rondo.frames;

import org.rondo.kernels.ValueException;
import org.rondo.models.Options;

/**
 * How rows are read.
 *
 * @param format one of Spark's, such as {@code csv}, {@code json}, {@code parquet}, {@code orc},
 *     {@code text} or {@code table}, or one of Rondo's, such as {@code conll}
 * @param options of the format
 * @param sql a query over what was read, which it calls {@code data}; empty for all of it
 */
public record SourcePlan(String format, Options options, String sql) {
  /** What {@link #sql} calls the rows that were read. */
  public static final String VIEW = "data";

  public SourcePlan {
    ValueException.unless(
        format != null && !format.isBlank(), "data.format", format, "must name a format");
    ValueException.unlessGiven("data.options", options);
    ValueException.unlessGiven("data.sql", sql);
  }

  /** All rows of a format as it is by default. */
  public static SourcePlan of(String format) {
    return new SourcePlan(format, Options.NONE, "");
  }
}
