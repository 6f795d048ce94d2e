package org.rondo.evaluation;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What a {@link Metric} comes to on a split.
 *
 * @param name of the metric
 * @param value NaN where nothing is to be said
 * @param higherIsBetter whether more is better, or less
 */
public record Score(String name, double value, boolean higherIsBetter) implements Serializable {
  /** A value as people read it, such as {@code accuracy 0.874}. */
  public String text() {
    return String.format(Locale.ROOT, "%s %.3f", name, value);
  }

  /**
   * The score that tells a person most: the perplexity where the loss decides and there is one,
   * else the first, which decides.
   */
  public static Score shown(List<Score> scores) {
    Score first = scores.get(0);
    return first.name().equals(LossMetric.LOSS.name())
        ? scores.stream()
            .filter(score -> score.name().equals(LossMetric.PERPLEXITY.name()))
            .findFirst()
            .orElse(first)
        : first;
  }

  /** The value of the score of that name; NaN if there is none. */
  public static double value(List<Score> scores, String name) {
    return scores.stream()
        .filter(score -> score.name().equals(name))
        .mapToDouble(Score::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Whether it is a finite number, and better than another value of the same metric. */
  public boolean isBetterThan(double other) {
    return Double.isFinite(value) && (higherIsBetter ? value > other : value < other);
  }
}
