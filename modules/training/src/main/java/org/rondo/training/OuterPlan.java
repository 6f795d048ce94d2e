package org.rondo.training;

import java.io.Serializable;
import java.util.Locale;

/**
 * Constants of {@link BlockMomentum}.
 *
 * @param momentum share of the velocity that each round keeps, in [0,1)
 * @param learningRate what the step is multiplied by, above 0
 * @param nesterov whether the step looks ahead along the velocity
 */
public record OuterPlan(double momentum, double learningRate, boolean nesterov)
    implements Serializable {
  public OuterPlan {
    Require.that(
        momentum >= 0 && momentum < 1,
        String.format(Locale.ROOT, "sync.momentum must be auto or in [0,1), got %s", momentum));
    Require.that(
        learningRate > 0 && Double.isFinite(learningRate),
        String.format(
            Locale.ROOT, "sync.learning_rate must be a number above 0, got %s", learningRate));
  }

  /** The momentum with which so many shards get as far as one that reads as much text as all. */
  public static double momentumFor(int shards) {
    return 1 - 1.0 / shards;
  }

  /** For so many shards, at a rate of 1 and with Nesterov's look ahead. */
  public static OuterPlan of(int shards) {
    return new OuterPlan(momentumFor(shards), 1, true);
  }
}
