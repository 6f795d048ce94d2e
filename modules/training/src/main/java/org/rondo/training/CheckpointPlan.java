package org.rondo.training;

import java.io.Serializable;

/**
 * When checkpoints are written and how many are kept, beside the best one.
 *
 * @param every rounds between two checkpoints; 0 = only after the last round or an interruption
 * @param keep newest checkpoints kept, at least 1
 */
public record CheckpointPlan(int every, int keep) implements Serializable {
  public CheckpointPlan {
    Require.that(every >= 0, "checkpoint.every must be >= 0 rounds, got %d".formatted(every));
    Require.that(keep >= 1, "checkpoint.keep must be >= 1, got %d".formatted(keep));
  }
}
