package org.rondo.training.sync;

import java.util.List;

/**
 * The step of a {@link Synchronizer} that the driver takes after each round of one run in which
 * some shard learned from a target, and what it remembers from round to round. For one caller at a
 * time.
 */
@FunctionalInterface
public interface OuterStep extends AutoCloseable {
  /**
   * Where all shards begin the next round.
   *
   * @param common where they began this one; not modified
   * @param mean of what they handed in, of the same length; may be overwritten and handed back.
   *     What stands behind the parameters is no matter of the step and stays as it is
   */
  float[] next(SyncRound round, float[] common, float[] mean);

  /** Whether the last step's gradient was clipped. */
  default boolean clipped() {
    return false;
  }

  /** Vectors of the parameters' length that it remembers, for a checkpoint; not to be modified. */
  default List<float[]> state() {
    return List.of();
  }

  /**
   * Goes on from what {@link #state} handed out.
   *
   * @param state as many vectors as there
   * @param steps that were taken until then
   */
  default void restore(List<float[]> state, long steps) {}

  @Override
  default void close() {}
}
