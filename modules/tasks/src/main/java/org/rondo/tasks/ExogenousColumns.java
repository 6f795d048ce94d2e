package org.rondo.tasks;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Columns of a table of series that help to forecast its targets, all numbers.
 *
 * @param statics S that are the same at every step of a series, such as the size of a store
 * @param history H that are known of the past, such as visitors
 * @param future F that are known of the steps to forecast too, such as a price or a holiday
 */
public record ExogenousColumns(List<String> statics, List<String> history, List<String> future)
    implements Serializable {
  /** No such columns. */
  public static final ExogenousColumns NONE = new ExogenousColumns(List.of(), List.of(), List.of());

  public ExogenousColumns {
    statics = List.copyOf(statics);
    history = List.copyOf(history);
    future = List.copyOf(future);
  }

  /** Those of the past, then those of the future, then what is the same at every step. */
  public List<String> all() {
    return Stream.of(history, future, statics).flatMap(List::stream).toList();
  }

  /** Numbers of a known step: those of the past, those of the future, and these a horizon later. */
  public int perStep() {
    return history.size() + 2 * future.size();
  }
}
