package org.rondo.models;

/**
 * A sum of -log p over target tokens, in nats, and how many tokens it covers.
 *
 * @param sum nats
 */
public record Loss(double sum, long tokens) {
  /** Nothing yet. */
  public static final Loss ZERO = new Loss(0, 0);

  /** Mean nats per token. */
  public double mean() {
    return sum / tokens;
  }

  /** Both together. */
  public Loss plus(Loss other) {
    return new Loss(sum + other.sum, tokens + other.tokens);
  }
}
