package org.rondo.frames.formats;

/**
 * A row that was parsed, or why it could not be.
 *
 * @param line where it begins, from 1; 0 where it is a whole file
 * @param values by column, of the class that the column's type says; null where there is none; all
 *     null where there is a problem
 * @param problem what is wrong with it; null if nothing is
 */
public record FormatRow(long line, Object[] values, String problem) {
  static FormatRow of(long line, Object... values) {
    return new FormatRow(line, values, null);
  }

  static FormatRow refused(long line, int columns, String problem) {
    return new FormatRow(line, new Object[columns], problem);
  }
}
