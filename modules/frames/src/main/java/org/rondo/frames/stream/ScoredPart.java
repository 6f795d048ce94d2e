package org.rondo.frames.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The events of a partition with their predictions, or the states that the keys come to. */
final class ScoredPart implements Iterator<Row> {
  private final EventWindows windows;
  private final EventScoring scoring;
  private final boolean states;
  private final Deque<Row> ready = new ArrayDeque<>();

  /**
   * @param states whether the states are asked for: key, state, time of the newest event
   */
  ScoredPart(EventWindows windows, EventScoring scoring, boolean states) {
    this.windows = windows;
    this.scoring = scoring;
    this.states = states;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && windows.hasNext()) {
      List<EventWindows.Part> parts = windows.next();
      List<Row> rows = scoring.score(parts.stream().map(EventWindows.Part::step).toList());
      if (states) {
        parts.stream().filter(EventWindows.Part::ends).map(this::state).forEach(ready::add);
      } else {
        ready.addAll(rows);
      }
    }
    return !ready.isEmpty();
  }

  private Row state(EventWindows.Part part) {
    var cells = new ArrayList<Object>();
    for (int i = 0; i < part.key().length(); i++) {
      cells.add(part.key().get(i));
    }
    KeyProgress progress = part.step().progress();
    cells.add(scoring.bytes(progress));
    cells.add(progress.last());
    return RowFactory.create(cells.toArray());
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last event");
    }
    return ready.poll();
  }
}
