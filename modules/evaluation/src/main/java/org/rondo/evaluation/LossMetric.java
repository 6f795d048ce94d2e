package org.rondo.evaluation;

import java.util.List;
import java.util.Locale;
import org.rondo.models.NetworkSpec;

/**
 * A figure of the loss that a network itself gives: its cross entropy in nats, or its mean squared
 * error where targets are values. Its sums are the loss of all targets and their number: no
 * prediction is kept for it, so it costs nothing with a large vocabulary.
 *
 * @param name {@code loss}, the mean per target; {@code perplexity}, exp(loss); or {@code
 *     bits-per-token}, the loss in bits
 */
public record LossMetric(String name) implements Metric {
  public static final LossMetric LOSS = new LossMetric("loss");
  public static final LossMetric PERPLEXITY = new LossMetric("perplexity");
  public static final LossMetric BITS_PER_TOKEN = new LossMetric("bits-per-token");

  public LossMetric {
    if (!List.of("loss", "perplexity", "bits-per-token").contains(name)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "metric: a loss has no figure %s", name));
    }
  }

  /** What is measured where nobody names anything else; of predicted values the loss alone. */
  public static List<Metric> of(NetworkSpec network) {
    return network.targetValues() > 0 ? List.of(LOSS) : List.of(LOSS, PERPLEXITY, BITS_PER_TOKEN);
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
  public boolean needsPredictions() {
    return false;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    throw new UnsupportedOperationException(
        String.format(Locale.ROOT, "metric %s: its sums are the network's own", name));
  }

  /**
   * @param sums the loss of all targets, and how many there are
   */
  @Override
  public double value(double[] sums) {
    double loss = sums[0] / sums[1];
    return switch (name) {
      case "perplexity" -> StrictMath.exp(loss);
      case "bits-per-token" -> loss / StrictMath.log(2);
      default -> loss;
    };
  }
}
