package org.rondo.ingest.sequences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Where lengths are best cut in buckets, each as long as its longest: the cut with the fewest steps
 * in all. Exact, by dynamic programming over the different lengths.
 */
final class LengthBorders {
  /** Different lengths, ascending. */
  private final int[] lengths;

  /** {@code before[i]}: how many are shorter than {@code lengths[i]}. */
  private final long[] before;

  private LengthBorders(SortedMap<Integer, Long> counts) {
    lengths = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    before = new long[lengths.length + 1];
    int i = 0;
    for (long count : counts.values()) {
      before[i + 1] = before[i] + count;
      i++;
    }
  }

  /**
   * The lengths of the buckets, ascending; of equally good cuts that with the fewest buckets.
   *
   * @param counts by length, at least one
   * @param most buckets, at least 1
   */
  static List<Integer> least(SortedMap<Integer, Long> counts, int most) {
    var borders = new LengthBorders(counts);
    return borders.least(Math.min(most, borders.lengths.length));
  }

  private List<Integer> least(int most) {
    int runs = lengths.length;
    // cost[k][j]: least steps of lengths 0..j in k+1 buckets; first[k][j]: first of the last one.
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
    var found = new ArrayList<Integer>();
    for (int k = best, j = runs - 1; k >= 0; j = first[k][j] - 1, k--) {
      found.add(0, lengths[j]);
    }
    return found;
  }

  /** Steps of lengths i to j in one bucket. */
  private long cost(int i, int j) {
    return (before[j + 1] - before[i]) * lengths[j];
  }
}
