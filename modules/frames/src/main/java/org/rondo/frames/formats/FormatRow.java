package org.rondo.frames.formats;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A row that was parsed, or why it could not be.
 *
 * @param line where it begins, from 1; 0 where it is a whole file
 * @param values by column, of the class that the column's type says; null where there is none; all
 *     null where there is a problem
 * @param problem what is wrong with it; null if nothing is
 */
public record FormatRow(long line, List<Object> values, String problem) {
  static FormatRow of(long line, Object... values) {
    return new FormatRow(line, Arrays.asList(values), null);
  }

  /** A row that cannot be used, of a format of so many columns. */
  public static FormatRow refused(long line, int columns, String problem) {
    return new FormatRow(line, Collections.nCopies(columns, null), problem);
  }
}
