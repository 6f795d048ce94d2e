package org.rondo.tasks.classification;

import java.util.ArrayList;
import java.util.List;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.metrics.Accuracy;
import org.rondo.evaluation.metrics.AreaUnderCurve;
import org.rondo.evaluation.metrics.ConfusionMatrix;
import org.rondo.evaluation.metrics.ExactMatch;
import org.rondo.evaluation.metrics.LogLoss;
import org.rondo.evaluation.metrics.MacroF1;
import org.rondo.evaluation.metrics.MultiLabelF1;
import org.rondo.evaluation.metrics.WeightedF1;
import org.rondo.kernels.Counted;

/** What is measured. */
final class ClassificationMetrics {
  /** Their sums grow with the classes: by 32 kB each, and with their square. */
  private static final int MOST_CURVES = 20;

  private static final int MOST_CONFUSED = 200;

  private ClassificationMetrics() {}

  /** Names that may be asked for. */
  static List<String> names(boolean severalLabels) {
    return all(List.of("a", "b"), severalLabels).stream().map(Metric::name).toList();
  }

  /**
   * All of them, the one asked for first.
   *
   * @param first its name, or {@code auto}
   */
  static List<Metric> of(List<String> labels, boolean severalLabels, String first) {
    List<Metric> metrics = all(labels, severalLabels);
    ClassificationFitting.require(
        first.equals(ClassificationPlan.AUTO)
            || metrics.stream().anyMatch(metric -> metric.name().equals(first)),
        "the metric %s is not measured with %s",
        first,
        Counted.of(labels.size(), "label"));
    return Metric.first(first, metrics);
  }

  private static List<Metric> all(List<String> labels, boolean severalLabels) {
    var metrics = new ArrayList<Metric>();
    if (severalLabels) {
      metrics.add(new MultiLabelF1(labels, true));
      metrics.add(new MultiLabelF1(labels, false));
      metrics.add(new ExactMatch());
      return metrics;
    }
    metrics.add(new Accuracy());
    metrics.add(new MacroF1(labels));
    metrics.add(new WeightedF1(labels.size()));
    metrics.add(new LogLoss());
    if (labels.size() <= MOST_CURVES) {
      metrics.add(new AreaUnderCurve(labels.size()));
    }
    if (labels.size() <= MOST_CONFUSED) {
      metrics.add(new ConfusionMatrix(labels));
    }
    return metrics;
  }
}
