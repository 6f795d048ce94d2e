package org.rondo.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * The loss of a split: its cross entropy, or its mean squared error where targets are values, of
 * which perplexity and bits say nothing.
 *
 * @param loss mean per target, nats or squared errors
 * @param tokens targets that it covers
 */
public record Evaluation(double loss, long tokens) {
  public Evaluation {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "evaluation: covers %d tokens", tokens));
    }
  }

  /**
   * Adds up sums of losses, part after part and stream after stream: the order of the text,
   * whatever computed them.
   *
   * @param sumsInStreamOrder {@link StreamEvaluator#sums} of part 0, 1, ...
   * @param tokens targets of all parts together
   */
  public static Evaluation combine(List<double[]> sumsInStreamOrder, long tokens) {
    double total = 0;
    for (double[] part : sumsInStreamOrder) {
      for (double sum : part) {
        total += sum;
      }
    }
    return new Evaluation(total / tokens, tokens);
  }

  /** Between how many equally likely tokens the network hesitates: e to the loss. */
  public double perplexity() {
    return StrictMath.exp(loss);
  }

  /** The loss in bits. */
  public double bitsPerToken() {
    return loss / StrictMath.log(2);
  }
}
