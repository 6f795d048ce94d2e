package org.rondo.evaluation.metrics;

import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/** Mean of -log p of the right class, in nats, with p by the softmax of the scores. */
public record LogLoss() implements Metric {
  @Override
  public String name() {
    return "log-loss";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
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
        sums[1] -= predictions.logProbabilities(n)[predictions.targets()[n]];
      }
    }
  }

  @Override
  public double value(double[] sums) {
    return sums[1] / sums[0];
  }
}
