package org.rondo.bench.memory;

import java.util.List;
import java.util.OptionalInt;

/**
 * What came of one {@link Trial}.
 *
 * @param learnedAfter minibatches until the task was learned; empty if it was not
 * @param accuracy share of right answers in fresh sequences, after training
 * @param clippedShare of the minibatches
 * @param before norms of gradients k steps back in the lowest layer, as parts of that at k = 0,
 *     before training
 * @param after the same after training; empty if a loss or gradient was no finite number
 */
record Outcome(
    OptionalInt learnedAfter,
    double accuracy,
    double clippedShare,
    List<Double> before,
    List<Double> after) {
  /** Whether training came to numbers that are none. */
  boolean exploded() {
    return after.isEmpty();
  }
}
