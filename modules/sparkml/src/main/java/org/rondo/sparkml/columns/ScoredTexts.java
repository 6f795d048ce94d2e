package org.rondo.sparkml.columns;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.rondo.tasks.TextScorer;

/**
 * The rows of a partition with the losses of their texts, in their order; holds a window of them.
 */
public final class ScoredTexts implements Iterator<Row> {
  /** Enough that the batches of most lengths are full. */
  private static final int WINDOW = 1024;

  private final Iterator<Row> rows;
  private final LossColumns columns;
  private final TextScorer scorer;
  private final Deque<Row> ready = new ArrayDeque<>();

  /** Scores the texts of rows as they are asked for. */
  public ScoredTexts(Iterator<Row> rows, LossColumns columns, TextScorer scorer) {
    this.rows = rows;
    this.columns = columns;
    this.scorer = scorer;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      scoreWindow();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last row");
    }
    return ready.poll();
  }

  private void scoreWindow() {
    var window = new ArrayList<Row>();
    while (window.size() < WINDOW && rows.hasNext()) {
      Row row = rows.next();
      if (columns.hasText(row) || columns.keeps()) {
        window.add(row);
      }
    }
    List<String> texts = window.stream().filter(columns::hasText).map(columns::text).toList();
    double[] losses = scorer.losses(texts);
    int next = 0;
    for (Row row : window) {
      ready.add(columns.row(row, columns.hasText(row) ? losses[next++] : null));
    }
  }
}
