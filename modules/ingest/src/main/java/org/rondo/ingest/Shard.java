package org.rondo.ingest;

import java.io.Serializable;
import org.rondo.models.Minibatch;

/**
 * What one task works on: the minibatches of its part of a split, in an order that is drawn once
 * and for all, epoch after epoch without end. Immutable and a pure function of corpus and plan, so
 * that a task that is resumed, repeated or moved begins at any minibatch with the same bits.
 *
 * <p>Minibatches are counted from the first one of the first epoch: minibatch {@code m} is number
 * {@code m % minibatches()} of epoch {@code m / minibatches()}.
 */
public interface Shard extends Serializable {
  /**
   * Reads minibatches of one shard for one task, best in ascending order. What it or the shard
   * keeps only saves reading twice.
   */
  interface Reader {
    /**
     * Fills a minibatch with rows of ids, targets and lengths. Padding has input 0 and {@link
     * Minibatch#NO_TARGET}.
     *
     * @param number counted from the first minibatch of the first epoch
     * @throws IllegalArgumentException if the minibatch has not the shape of the shard's
     * @throws IngestException if a block of the corpus is missing or damaged
     */
    void fill(Minibatch minibatch, long number);
  }

  /** In an epoch; 0 only where there is nothing to evaluate. */
  long minibatches();

  /** Whether the hidden state is zero before minibatch {@code number}. */
  boolean startsSequence(long number);

  /** Steps (T) of minibatch {@code number}: one of {@link Dataset#steps}. */
  int steps(long number);

  /** A reader for one task. */
  Reader reader();
}
