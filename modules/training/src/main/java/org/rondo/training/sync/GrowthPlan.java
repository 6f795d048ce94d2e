package org.rondo.training.sync;

import java.io.Serializable;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/**
 * How the minibatches of a round grow in number with the rounds, never with the clock: round r has
 * {@code min(maximum, floor(first * factor^(r-1)))}.
 *
 * @param factor from round to round: 1 = all rounds are alike; or at least 1.0001, so that a number
 *     of rounds that can be summed reaches every maximum
 * @param maximum minibatches per shard in a round; of no meaning at a factor of 1
 */
public record GrowthPlan(double factor, int maximum) implements Serializable {
  private static final double LEAST = 1.0001;

  /** All rounds are alike. */
  public static final GrowthPlan NONE = new GrowthPlan(1, 0);

  public GrowthPlan {
    ValueException.unless(
        factor == 1 || (factor >= LEAST && Double.isFinite(factor)),
        "sync.growth",
        factor,
        "must be 1 (all rounds alike) or at least " + LEAST);
    ValueException.unless(maximum >= 0, "sync.maximum", maximum, "must be >= 0 minibatches");
  }

  /**
   * Minibatches per shard in a round.
   *
   * @param first those of round 1
   * @param round from 1
   */
  public int minibatches(int first, int round) {
    return factor == 1
        ? first
        : (int) Math.min(maximum, first * StrictMath.pow(factor, round - 1.0));
  }

  /** Minibatches per shard in rounds 1 to {@code rounds}. */
  public long total(int first, int rounds) {
    long total = 0;
    for (int round = 1; round <= rounds; round++) {
      int minibatches = minibatches(first, round);
      if (factor == 1 || minibatches == maximum) {
        return total + (rounds - round + 1L) * minibatches;
      }
      total += minibatches;
    }
    return total;
  }

  /**
   * The fewest rounds in which a shard trains so many minibatches.
   *
   * @param first minibatches of round 1
   * @return {@link Integer#MAX_VALUE} if it takes more
   */
  public int rounds(int first, long minibatches) {
    int enough = Integer.MAX_VALUE;
    for (int low = 1; low < enough; ) {
      int middle = low + (enough - low) / 2;
      if (total(first, middle) >= minibatches) {
        enough = middle;
      } else {
        low = middle + 1;
      }
    }
    return enough;
  }

  public void requireMaximum(int first) {
    ValueException.unless(
        factor == 1 || maximum >= first,
        "sync.growth",
        factor,
        String.format(
            Locale.ROOT,
            "needs sync.maximum >= train.sync_every = %d, which is %d",
            first,
            maximum));
  }
}
