package org.rondo.training;

import java.io.Serializable;
import org.rondo.kernels.ValueException;
import org.rondo.training.sync.GrowthPlan;

/**
 * Rounds and what each shard trains in one.
 *
 * @param count rounds, after each of which the shards come together
 * @param syncEvery minibatches per shard in a round, or in the first of rounds that grow, see
 *     {@link GrowthPlan}
 * @param batch sequences per minibatch (B)
 * @param unroll steps per minibatch (T), through which gradients flow
 */
public record RoundPlan(int count, int syncEvery, int batch, int unroll) implements Serializable {
  /** The configuration's defaults. */
  static final RoundPlan DEFAULT = new RoundPlan(100, 50, 32, 50);

  private static final int MOST_SEQUENCES = 1_000_000;
  private static final int MOST_STEPS = 100_000;

  public RoundPlan {
    ValueException.unless(count >= 1, "train.rounds", count, "must be >= 1");
    ValueException.unless(syncEvery >= 1, "train.sync_every", syncEvery, "must be >= 1 minibatch");
    ValueException.unlessWithin("train.batch", batch, 1, MOST_SEQUENCES);
    ValueException.unlessWithin("train.unroll", unroll, 1, MOST_STEPS);
  }
}
