package org.rondo.evaluation;

import java.util.Arrays;
import java.util.Locale;

/**
 * Draws an id from logits by temperature, top-k and top-p, in double and in a fixed order: likelier
 * ids first, equal ones by id. Reused from token to token without allocation.
 */
final class Sampler {
  private final GenerationPlan plan;
  private final int excluded;

  /** Ids by rank: the sort key of a logit above, the id below. */
  private final long[] ranked;

  private final double[] weights;

  /**
   * @param classes logits, at least 2
   * @param excluded an id that is never drawn
   */
  Sampler(GenerationPlan plan, int classes, int excluded) {
    if (classes < 2 || excluded < 0 || excluded >= classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "sampler: %d classes without class %d leave nothing to draw",
              classes,
              excluded));
    }
    this.plan = plan;
    this.excluded = excluded;
    this.ranked = new long[classes - 1];
    this.weights = new double[classes - 1];
  }

  /**
   * One draw.
   *
   * @param logits {@code (classes)}; not modified
   * @param uniform in [0, 1): decides the draw
   * @throws IllegalArgumentException if a logit is not a number
   */
  int draw(float[] logits, double uniform) {
    rank(logits);
    if (plan.temperature() == 0) {
      return (int) ranked[0];
    }
    int kept = plan.topK() == 0 ? ranked.length : Math.min(plan.topK(), ranked.length);
    double total = 0;
    float largest = logits[(int) ranked[0]];
    for (int i = 0; i < kept; i++) {
      double logit = logits[(int) ranked[i]];
      weights[i] = StrictMath.exp((logit - largest) / plan.temperature());
      total += weights[i];
    }
    if (plan.topP() < 1) {
      double wanted = plan.topP() * total;
      total = 0;
      int nucleus = 0;
      while (nucleus < kept && total < wanted) {
        total += weights[nucleus++];
      }
      kept = nucleus;
    }
    double left = uniform * total;
    int drawn = 0;
    while (drawn < kept - 1 && left >= weights[drawn]) {
      left -= weights[drawn++];
    }
    return (int) ranked[drawn];
  }

  private void rank(float[] logits) {
    int at = 0;
    for (int id = 0; id < logits.length; id++) {
      if (Float.isNaN(logits[id])) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "sampler: the logit of id %d is not a number", id));
      }
      if (id != excluded) {
        ranked[at++] = (long) ~ascending(logits[id]) << Integer.SIZE | id;
      }
    }
    Arrays.sort(ranked);
  }

  /** An int that orders as the float does: negative floats order backwards by their bits. */
  private static int ascending(float value) {
    int bits = Float.floatToIntBits(value + 0f); // -0 becomes 0
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }
}
