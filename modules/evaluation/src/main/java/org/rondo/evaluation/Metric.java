package org.rondo.evaluation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A figure that says how good predictions are. It is a function of sums, which are added sequence
 * after sequence and part after part: the order of the data, whatever computed them. Immutable.
 */
public interface Metric extends Serializable {
  /** As configuration and reports name it, such as {@code accuracy} or {@code macro-f1}. */
  String name();

  /**
   * Puts the metric that is to decide first; the others stay in their order.
   *
   * @param name of a metric; where none is of that name, all stay
   */
  static <M extends Metric> List<M> first(String name, List<M> metrics) {
    return metrics.stream()
        .sorted(Comparator.comparing(metric -> !metric.name().equals(name)))
        .toList();
  }

  /** Whether more is better, or less. */
  boolean higherIsBetter();

  /**
   * Whether its sums are those of predictions; else they are the loss of all targets and their
   * number, as the network itself gives them.
   */
  default boolean needsPredictions() {
    return true;
  }

  /** Length of its vector of sums. */
  int sums();

  /**
   * Adds what one sequence contributes.
   *
   * @param sums {@code (sums())}
   */
  void add(Predictions predictions, double[] sums);

  /**
   * The figure.
   *
   * @param sums of everything that was evaluated
   * @return NaN where nothing is to be said, such as of no target
   */
  double value(double[] sums);

  /**
   * Further figures behind it, by name, such as the counts of a confusion matrix.
   *
   * @param sums of everything that was evaluated
   */
  default Map<String, Double> details(double[] sums) {
    return Map.of();
  }
}
