package org.rondo.frames.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Cuts the events of a partition, which lie by key and time, in windows of many keys that are
 * scored together. A window ends between two times, and a key goes on in the next one.
 */
final class EventWindows {
  private static final int WINDOW = 1024;

  private final Iterator<Row> rows;
  private final EventReader reader;
  private final EventScoring scoring;
  private Row nextKey;
  private ReadEvent next;
  private Row key;
  private KeyProgress progress;

  EventWindows(Iterator<Row> rows, EventReader reader, EventScoring scoring) {
    this.rows = rows;
    this.reader = reader;
    this.scoring = scoring;
    advance();
  }

  private void advance() {
    next = rows.hasNext() ? reader.read(rows.next()) : null;
    nextKey = next == null ? null : reader.columns().key(next.row());
  }

  /**
   * A window's part of one key.
   *
   * @param ends whether the key has no more events
   */
  record Part(Row key, KeyProgress.Step step, boolean ends) {}

  boolean hasNext() {
    return next != null;
  }

  /** The next events of some keys, in their order; all but the last key end here. */
  List<Part> next() {
    var parts = new ArrayList<Part>();
    int count = 0;
    boolean full = false;
    while (next != null && !full) {
      if (!nextKey.equals(key)) {
        key = nextKey;
        progress = scoring.start();
      }
      var events = new ArrayList<ReadEvent>();
      do {
        events.add(next);
        count++;
        long time = next.time();
        advance();
        full = count >= WINDOW && (!sameKey() || next.time() != time);
      } while (sameKey() && !full);
      reader.sort(events);
      parts.add(new Part(key, new KeyProgress.Step(progress, events), !sameKey()));
    }
    return parts;
  }

  private boolean sameKey() {
    return next != null && nextKey.equals(key);
  }
}
