package org.rondo.ingest.sequences;

import java.util.Arrays;

/**
 * Where minibatches sorted by length are best cut in buckets, each as long as its longest: the cut
 * with the fewest steps in all. Exact, by dynamic programming over the different lengths.
 */
final class LengthBorders {
  /**
   * Ends of the runs of equal length: minibatches {@code [ends[i-1], ends[i])} are equally long.
   */
  private final int[] ends;

  private final int[] lengths;

  private LengthBorders(int[] lengths) {
    this.lengths = lengths;
    var found = new int[lengths.length];
    int runs = 0;
    for (int i = 1; i <= lengths.length; i++) {
      if (i == lengths.length || lengths[i] < lengths[i - 1]) {
        found[runs++] = i;
      }
    }
    this.ends = Arrays.copyOf(found, runs);
  }

  /**
   * The ends of the buckets, ascending; of equally good cuts that with the fewest buckets.
   *
   * @param lengths of minibatches, longest first, at least one
   */
  static int[] least(int[] lengths, int buckets) {
    var borders = new LengthBorders(lengths);
    return borders.least(Math.min(buckets, borders.ends.length));
  }

  private int[] least(int most) {
    int runs = ends.length;
    // cost[k][j]: least steps of runs 0..j in k+1 buckets; first[k][j]: first run of the last one.
    var cost = new long[most][runs];
    var first = new int[most][runs];
    for (int j = 0; j < runs; j++) {
      cost[0][j] = cost(0, j);
    }
    int best = 0;
    for (int k = 1; k < most; k++) {
      Arrays.fill(cost[k], Long.MAX_VALUE);
      for (int j = k; j < runs; j++) {
        for (int i = k; i <= j; i++) {
          long whole = cost[k - 1][i - 1] + cost(i, j);
          if (whole < cost[k][j]) {
            cost[k][j] = whole;
            first[k][j] = i;
          }
        }
      }
      best = cost[k][runs - 1] < cost[best][runs - 1] ? k : best;
    }
    var cut = new int[best + 1];
    for (int k = best, j = runs - 1; k >= 0; j = first[k][j] - 1, k--) {
      cut[k] = ends[j];
    }
    return cut;
  }

  /** Steps of runs i to j in one bucket. */
  private long cost(int i, int j) {
    int from = i == 0 ? 0 : ends[i - 1];
    return (long) (ends[j] - from) * lengths[from];
  }
}
