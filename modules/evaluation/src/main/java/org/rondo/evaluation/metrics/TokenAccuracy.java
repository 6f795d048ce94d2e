package org.rondo.evaluation.metrics;

import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Share of tokens whose tag is the right one, and, as a detail, share of sequences without a wrong
 * tag. Tokens without a target do not count, nor sequences without any.
 */
public record TokenAccuracy() implements Metric {
  private static final int TOKENS = 0;
  private static final int RIGHT_TOKENS = 1;
  private static final int SEQUENCES = 2;
  private static final int RIGHT_SEQUENCES = 3;

  @Override
  public String name() {
    return "token-accuracy";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return 4;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    int tokens = 0;
    int right = 0;
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        tokens++;
        right += predictions.classes()[n] == predictions.targets()[n] ? 1 : 0;
      }
    }
    sums[TOKENS] += tokens;
    sums[RIGHT_TOKENS] += right;
    sums[SEQUENCES] += tokens > 0 ? 1 : 0;
    sums[RIGHT_SEQUENCES] += tokens > 0 && right == tokens ? 1 : 0;
  }

  @Override
  public double value(double[] sums) {
    return sums[RIGHT_TOKENS] / sums[TOKENS];
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return Map.of("sequence-accuracy", sums[RIGHT_SEQUENCES] / sums[SEQUENCES]);
  }
}
