package org.rondo.evaluation.metrics;

import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Share of sequences of any number of labels whose predicted labels are just the right ones. A
 * label is predicted where its probability is above one half.
 */
public record ExactMatch() implements Metric {
  @Override
  public String name() {
    return "exact-match";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return 2;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        sums[0]++;
        sums[1] += matches(predictions, n) ? 1 : 0;
      }
    }
  }

  private static boolean matches(Predictions predictions, int n) {
    for (int label = 0; label < predictions.outputs(); label++) {
      if (Labels.isTarget(predictions, n, label) != Labels.isPredicted(predictions, n, label)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double value(double[] sums) {
    return sums[1] / sums[0];
  }
}
