package org.rondo.training.sync;

/** What the shards of a run hand in after a round, as their {@link Synchronizer} asks. */
public enum Exchange {
  /** Their parameters: every shard takes its own steps, beginning at the common ones. */
  PARAMETERS,
  /**
   * What their parameters gained in the round, see {@link SyncPlan#delay}: every shard goes on from
   * its own gain and from common parameters that do not know that round yet.
   */
  PROGRESS,
  /** The mean gradient of their minibatches: the driver takes the step. */
  GRADIENTS,
  /**
   * Nothing: every shard goes on from its own parameters. Those of the first are the common ones,
   * which are evaluated and kept.
   */
  NOTHING
}
