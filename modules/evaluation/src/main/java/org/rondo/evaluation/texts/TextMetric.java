package org.rondo.evaluation.texts;

import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * A score of the texts that predicted labels stand for. Words that the vocabulary does not know are
 * never right: what a reference has in their place is not what a prediction has. The figure is
 * therefore no more than that of the texts themselves.
 *
 * @param score of texts
 * @param text what labels stand for
 */
public record TextMetric(TextScore score, WrittenText text) implements Metric {
  private static final String PREDICTED = "\u2047";
  private static final String EXPECTED = "\u2048";

  @Override
  public String name() {
    return score.name();
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return score.sums();
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    score.add(
        text.of(predictions.classes(), PREDICTED), text.of(predictions.targets(), EXPECTED), sums);
  }

  @Override
  public double value(double[] sums) {
    return score.value(sums);
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return score.details(sums);
  }
}
