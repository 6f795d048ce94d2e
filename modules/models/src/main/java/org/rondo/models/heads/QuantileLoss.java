package org.rondo.models.heads;

import org.rondo.kernels.ValueException;

/**
 * {@code max(q e, (q - 1) e)} of errors {@code e = target - y}: smallest, over many targets, where
 * y is their quantile q. Its derivative is 0 where they are equal.
 *
 * @param quantile q, between 0 and 1
 * @see <a href="https://doi.org/10.2307/1913643">Koenker and Bassett 1978</a>
 */
record QuantileLoss(double quantile) implements ValueLoss {
  QuantileLoss {
    ValueException.unless(
        quantile > 0 && quantile < 1, "quantile", quantile, "must be between 0 and 1");
  }

  @Override
  public double of(float y, float target) {
    double error = (double) target - y;
    return Math.max(quantile * error, (quantile - 1) * error);
  }

  @Override
  public float slope(float y, float target) {
    return y == target ? 0 : (float) (y < target ? -quantile : 1 - quantile);
  }
}
