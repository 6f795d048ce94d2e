package org.rondo.evaluation.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Share of predictions of a wrong class; its details count which class was taken for which.
 *
 * @param labels of the K classes; its sums are {@code (K,K)}, targets by predictions
 */
public record ConfusionMatrix(List<String> labels) implements Metric {
  public ConfusionMatrix {
    labels = List.copyOf(labels);
  }

  @Override
  public String name() {
    return "error-rate";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int sums() {
    return Math.multiplyExact(labels.size(), labels.size());
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        sums[predictions.targets()[n] * labels.size() + predictions.classes()[n]]++;
      }
    }
  }

  @Override
  public double value(double[] sums) {
    double all = 0;
    double wrong = 0;
    for (int i = 0; i < sums.length; i++) {
      all += sums[i];
      wrong += i / labels.size() == i % labels.size() ? 0 : sums[i];
    }
    return wrong / all;
  }

  /** The counts above 0, by {@code TARGET as PREDICTED}. */
  @Override
  public Map<String, Double> details(double[] sums) {
    var details = new LinkedHashMap<String, Double>();
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] > 0) {
        String target = labels.get(i / labels.size());
        details.put(target + " as " + labels.get(i % labels.size()), sums[i]);
      }
    }
    return details;
  }
}
