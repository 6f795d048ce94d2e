package org.rondo.frames.sources;

import java.util.Set;

/** Columns that readers add: where a row stands, and why it could not be parsed. */
public final class RowOrigin {
  /** The file that a row is of, a text. */
  public static final String FILE = "_file";

  /** The line in which it begins, from 1; 0 where it is a whole file. */
  public static final String LINE = "_line";

  /** What is wrong with a row that could not be parsed, a text; null where nothing is. */
  public static final String PROBLEM = "_problem";

  private static final Set<String> ALL = Set.of(FILE, LINE, PROBLEM);

  private RowOrigin() {}

  /** Whether a column is one of these. */
  public static boolean isOne(String column) {
    return ALL.contains(column);
  }
}
