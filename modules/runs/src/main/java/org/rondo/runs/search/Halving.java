package org.rondo.runs.search;

import org.rondo.kernels.ValueException;

/**
 * Successive halving (Jamieson and Talwalkar 2016): all trials are trained a little, the best share
 * of them {@code factor} times as long, and so on until the last rung trains what is left to the
 * end. A trial stops within its own schedule and goes on later, so that one that is trained to the
 * end is bit-identical to a run of its own.
 *
 * @param rungs 1 trains every trial to its end
 * @param factor one trial in so many goes on
 */
public record Halving(int rungs, int factor) {
  public Halving {
    ValueException.unless(
        rungs >= 1 && rungs <= 20, "search.halving.rungs", rungs, "must be from 1 to 20");
    ValueException.unless(
        factor >= 2 && factor <= 1000, "search.halving.factor", factor, "must be from 2 to 1000");
  }

  /**
   * Rounds that a run has trained at the end of a rung: {@code total / factor^(rungs - rung)},
   * rounded up to the next evaluation.
   *
   * @param rung from 1
   * @param total rounds of the whole run
   * @param every rounds between two evaluations
   */
  int rounds(int rung, int total, int every) {
    long divisor = 1;
    for (int i = rung; i < rungs && divisor < total; i++) {
      divisor *= factor;
    }
    long share = (total + divisor - 1) / divisor;
    return (int) Math.min(total, (share + every - 1) / every * every);
  }

  /** How many of so many trials go on after a rung. */
  int survivors(int trials) {
    return Math.max(1, trials / factor);
  }
}
