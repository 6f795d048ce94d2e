package org.rondo.driver.ui;

import org.rondo.training.timing.RoundTimes;

/**
 * Where the time of a round went, or of a mean round.
 *
 * @param seconds of the whole round; what the measured parts leave is waiting
 */
public record TimeShares(double seconds, RoundTimes times) {
  /** Everything else: scheduling, states written between checkpoints. */
  double other() {
    return Math.max(0, seconds - times.total());
  }
}
