package org.rondo.training.sync;

import java.io.Serializable;
import org.rondo.kernels.ValueException;
import org.rondo.training.optimizers.Float32;

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
    ValueException.unless(
        momentum >= 0 && momentum < 1, "sync.momentum", momentum, "must be auto or in [0,1)");
    ValueException.unless(
        learningRate > 0 && Float32.holds(learningRate),
        "sync.learning_rate",
        learningRate,
        "must be a float32 above 0");
  }

  /** The momentum with which so many shards get as far as one that reads as much text as all. */
  public static double momentumFor(int shards) {
    ValueException.unless(shards >= 1, "shards", shards, "must be >= 1");
    return 1 - 1.0 / shards;
  }

  /** For so many shards, at a rate of 1 and with Nesterov's look ahead. */
  public static OuterPlan of(int shards) {
    return new OuterPlan(momentumFor(shards), 1, true);
  }
}
