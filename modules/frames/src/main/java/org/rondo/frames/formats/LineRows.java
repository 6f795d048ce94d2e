package org.rondo.frames.formats;

import java.util.Iterator;

/** Rows that are read from the lines of a file. */
final class LineRows implements FormatRows {
  private final TextLines lines;
  private final Iterator<FormatRow> rows;

  LineRows(TextLines lines, Iterator<FormatRow> rows) {
    this.lines = lines;
    this.rows = rows;
  }

  @Override
  public String file() {
    return lines.file();
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public FormatRow next() {
    return rows.next();
  }

  @Override
  public void close() {
    lines.close();
  }
}
