package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.rondo.ingest.IngestException;

/** Sorted rows, series by series; rows that cannot be used are by themselves. */
final class SeriesGroups implements Iterator<List<SeriesKey>> {
  private final Iterator<SeriesKey> rows;
  private SeriesKey next;

  SeriesGroups(Iterator<SeriesKey> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    if (next == null && rows.hasNext()) {
      next = rows.next();
    }
    return next != null;
  }

  @Override
  public List<SeriesKey> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last series");
    }
    if (next.kind() == SeriesKey.Kind.FAILURE) {
      throw new IngestException(next.place());
    }
    var group = new ArrayList<SeriesKey>();
    do {
      group.add(next);
      next = null;
    } while (hasNext() && next.isBeside(group.get(group.size() - 1)));
    return group;
  }
}
