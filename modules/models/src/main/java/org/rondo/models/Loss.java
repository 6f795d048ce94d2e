package org.rondo.models;

/**
 * A sum over targets and how many it covers: of -log p, in nats, or of squared errors where targets
 * are values.
 *
 * @param tokens targets
 */
public record Loss(double sum, long tokens) {
  /** Nothing yet. */
  public static final Loss ZERO = new Loss(0, 0);

  /** Mean per target. */
  public double mean() {
    return sum / tokens;
  }

  /** Both together. */
  public Loss plus(Loss other) {
    return new Loss(sum + other.sum, tokens + other.tokens);
  }
}
