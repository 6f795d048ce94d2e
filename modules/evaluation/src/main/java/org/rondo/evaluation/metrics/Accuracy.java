package org.rondo.evaluation.metrics;

import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/** Share of predictions whose class is the right one. */
public record Accuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
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
        sums[1] += predictions.classes()[n] == predictions.targets()[n] ? 1 : 0;
      }
    }
  }

  @Override
  public double value(double[] sums) {
    return sums[1] / sums[0];
  }
}
