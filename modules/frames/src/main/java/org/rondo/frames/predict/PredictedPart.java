package org.rondo.frames.predict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.rondo.frames.rows.RowReader;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;

/** The rows of a partition with their predictions, in their order; holds a window of them. */
final class PredictedPart implements Iterator<Row> {
  /** Enough that the batches of most lengths are full. */
  private static final int WINDOW = 1024;

  private final Iterator<Row> rows;
  private final RowReader reader;
  private final PredictionColumns columns;
  private final Predictor predictor;
  private final Deque<Row> ready = new ArrayDeque<>();

  PredictedPart(
      Iterator<Row> rows, RowReader reader, PredictionColumns columns, Predictor predictor) {
    this.rows = rows;
    this.reader = reader;
    this.columns = columns;
    this.predictor = predictor;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) {
      predictWindow();
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

  private void predictWindow() {
    var window = new ArrayList<Row>();
    var examples = new ArrayList<Example>();
    var problems = new HashMap<Integer, String>();
    while (window.size() < WINDOW && rows.hasNext()) {
      Row row = rows.next();
      try {
        examples.add(reader.example(row));
      } catch (BadExampleException e) {
        problems.put(window.size(), e.getMessage());
      }
      window.add(row);
    }
    Iterator<RowPrediction> predicted = predictor.predict(examples).iterator();
    for (int i = 0; i < window.size(); i++) {
      String problem = problems.get(i);
      ready.add(
          columns.row(
              window.get(i),
              problem == null ? predicted.next() : new RowPrediction(Map.of(), problem)));
    }
  }
}
