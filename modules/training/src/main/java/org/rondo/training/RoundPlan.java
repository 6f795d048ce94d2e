package org.rondo.training;

import java.io.Serializable;

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

  public RoundPlan {
    Require.positive("train.rounds", count);
    Require.positive("train.sync_every", syncEvery);
    Require.positive("train.batch", batch);
    Require.positive("train.unroll", unroll);
  }
}
