package org.rondo.training;

import java.io.Serializable;
import org.rondo.kernels.ValueException;

/**
 * When checkpoints are written, how many are kept beside the best ones, and how patient a run is
 * with storage that fails.
 *
 * @param every rounds between two checkpoints; 0 = only after the last round or an interruption
 * @param keep newest checkpoints kept, at least 1
 * @param retries of one checkpoint before the run ends, after pauses of 2, 4, 8, 16, 32, 60, 60,
 *     ... seconds; of what a task reads, as many but no more than 3
 */
public record CheckpointPlan(int every, int keep, int retries) implements Serializable {
  /** The configuration's defaults. */
  static final CheckpointPlan DEFAULT = new CheckpointPlan(10, 2, 5);

  public CheckpointPlan {
    ValueException.unless(every >= 0, "checkpoint.every", every, "must be >= 0 rounds");
    ValueException.unless(keep >= 1, "checkpoint.keep", keep, "must be >= 1");
    ValueException.unlessWithin("checkpoint.retries", retries, 0, 1000);
  }
}
