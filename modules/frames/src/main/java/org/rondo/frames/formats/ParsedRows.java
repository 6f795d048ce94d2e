package org.rondo.frames.formats;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Rows that are parsed one by one; null ends them. */
abstract class ParsedRows implements Iterator<FormatRow> {
  private FormatRow next;
  private boolean isRead;

  /** The next row, or null after the last one. */
  abstract FormatRow parse();

  @Override
  public final boolean hasNext() {
    if (!isRead) {
      next = parse();
      isRead = true;
    }
    return next != null;
  }

  @Override
  public final FormatRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last row");
    }
    isRead = false;
    return next;
  }
}
