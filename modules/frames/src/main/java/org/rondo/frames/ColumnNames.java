package org.rondo.frames;

/** Names of columns as Spark's expressions take them. */
public final class ColumnNames {
  private ColumnNames() {}

  /** The name in back quotes, so that its dots are no path. */
  public static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
