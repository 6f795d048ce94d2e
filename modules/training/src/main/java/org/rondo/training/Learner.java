package org.rondo.training;

import java.util.List;
import org.rondo.models.Loss;

/** What a worker makes of the gradients of one round, each of which lies in its workspace. */
interface Learner {
  /**
   * Learns from the gradient of a minibatch with at least one target.
   *
   * @param step minibatches per shard that the run trained before
   * @param loss of that minibatch
   * @param norm of the gradient, a finite number
   * @param rate what the learning rate is multiplied by for a minibatch of that length
   * @return whether the gradient was clipped
   */
  boolean learn(long step, Loss loss, double norm, double rate);

  /** What the shard hands in after the round; empty if that is nothing. */
  float[] contribution();

  /** The optimizer's slots that the shard carries on. */
  default List<float[]> slots() {
    return List.of();
  }

  /**
   * The parameters that the shard carries on, or their progress in the round, after {@link
   * #contribution}; empty if it begins at the common ones.
   */
  default float[] parameters() {
    return new float[0];
  }
}
