package org.rondo.tasks;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;

/**
 * From what a network predicted for a row to columns that stand beside it. A pure function, for one
 * thread.
 */
public interface Decoder extends AutoCloseable {
  /** The columns that it writes, in order. */
  List<Column> columns();

  /**
   * The values of those columns, by role.
   *
   * @param row that the predictions are of
   * @param predictions without targets
   */
  Map<String, Object> decode(Example row, Predictions predictions);

  /** Frees what it runs, if anything. */
  @Override
  default void close() {}
}
