package org.rondo.tasks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rondo.evaluation.Metric;
import org.rondo.ingest.Split;
import org.rondo.tasks.pictures.Picture;

/**
 * Draws what a trained network makes of a few rows, for the report of a run. A task that has
 * something to show hands it out by {@link Features#illustrator}.
 */
public interface Illustrator {
  /** Pictures of a run, at most; others are left out. */
  int MOST = 6;

  /** The splits whose rows are drawn. */
  default List<String> splits() {
    return List.of(Split.VALIDATION);
  }

  /**
   * Role of the column that marks steps of series, such as those of anomalies, which are drawn but
   * neither learned nor predicted: {@link WindowPlan#EXOGENOUS} of the rows then ends with 1 at
   * marked steps and 0 at others, where the data has that column. Empty for none.
   */
  default String mark() {
    return "";
  }

  /** What of the validation rows is to be measured before it draws; empty for nothing. */
  default Optional<Metric> measure() {
    return Optional.empty();
  }

  /**
   * One that draws what was measured too.
   *
   * @param details of {@link #measure}, over all validation rows
   */
  default Illustrator measured(Map<String, Double> details) {
    return this;
  }

  /**
   * Draws rows; those that cannot be used are left out.
   *
   * @param rows of each split, as they are learned: a few, and of series the last window of each
   *     split of a few series, in the order of their names
   * @param network that was trained
   */
  List<Picture> draw(Map<String, List<Example>> rows, LearnedNetwork network);
}
