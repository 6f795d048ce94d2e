package org.rondo.evaluation.metrics;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Symbols, characters or words, that are to be replaced, inserted or taken away to make the right
 * transcripts of those predicted, per symbol of the right ones. Above 1 where more is predicted
 * than there is. As a detail, the share of transcripts without an error.
 *
 * @param name of the metric, which says what symbols are
 */
public record SymbolErrorRate(String name) implements Metric {
  private static final int ERRORS = 0;
  private static final int SYMBOLS = 1;
  private static final int SEQUENCES = 2;
  private static final int RIGHT_SEQUENCES = 3;

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int sums() {
    return 4;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    List<Integer> right = EditDistance.targets(predictions);
    int errors = EditDistance.between(EditDistance.predicted(predictions), right);
    sums[ERRORS] += errors;
    sums[SYMBOLS] += right.size();
    sums[SEQUENCES]++;
    sums[RIGHT_SEQUENCES] += errors == 0 ? 1 : 0;
  }

  @Override
  public double value(double[] sums) {
    return sums[ERRORS] / sums[SYMBOLS];
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return Map.of("transcript-accuracy", sums[RIGHT_SEQUENCES] / sums[SEQUENCES]);
  }
}
