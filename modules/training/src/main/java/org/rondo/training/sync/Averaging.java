package org.rondo.training.sync;

import java.util.List;
import java.util.Locale;

/**
 * The mean of what the shards hand in, weighted by the tokens it was learned from: {@code sum(n_s *
 * v_s) / sum(n_s)}. Parameters are added, not differences, in double and in shard order: fixed
 * order gives fixed bits, and one shard gets its own bits back. Elements do not touch each other,
 * so cutting the vector in chunks changes nothing.
 */
public final class Averaging {
  /** Elements whose sums stay in the first-level cache. */
  private static final int BLOCK = 1 << 11;

  private Averaging() {}

  /**
   * The mean as a new vector.
   *
   * @param inShardOrder vectors of one length, or the same chunk of each; an empty one stands for a
   *     shard that hands in nothing, whatever its tokens
   * @param tokens of each
   * @return empty if nothing that was handed in was learned from a target
   */
  public static float[] mean(List<float[]> inShardOrder, long[] tokens) {
    var mean = new float[length(inShardOrder, tokens)];
    mean(inShardOrder, tokens, mean, 0, mean.length);
    return mean;
  }

  /**
   * Elements of that mean: 0 if nothing that was handed in was learned from a target.
   *
   * @param tokens of each
   */
  public static int length(List<float[]> inShardOrder, long[] tokens) {
    int longest = 0;
    boolean learned = false;
    for (int shard = 0; shard < tokens.length; shard++) {
      int own = inShardOrder.get(shard).length;
      longest = Math.max(longest, own);
      learned |= own > 0 && tokens[shard] > 0;
    }
    return learned ? longest : 0;
  }

  /** The elements {@code [from, to)} of that mean, into the same place of {@code mean}. */
  public static void mean(
      List<float[]> inShardOrder, long[] tokens, float[] mean, int from, int to) {
    if (from == to) {
      return;
    }
    double total = total(inShardOrder, tokens, mean.length);
    var sums = new double[Math.min(BLOCK, to - from)];
    for (int start = from; start < to; start += BLOCK) {
      int count = Math.min(BLOCK, to - start);
      boolean first = true;
      for (int shard = 0; shard < tokens.length; shard++) {
        float[] values = inShardOrder.get(shard);
        if (values.length > 0 && tokens[shard] > 0) {
          add(values, start, tokens[shard], sums, count, first);
          first = false;
        }
      }
      for (int i = 0; i < count; i++) {
        mean[start + i] = (float) (sums[i] / total);
      }
    }
  }

  /** The first vector is not added to zero, for 0.0 + -0.0 would be 0.0. */
  private static void add(
      float[] values, int start, long weight, double[] sums, int count, boolean first) {
    double n = weight;
    if (first) {
      for (int i = 0; i < count; i++) {
        sums[i] = n * values[start + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        sums[i] += n * values[start + i];
      }
    }
  }

  private static double total(List<float[]> inShardOrder, long[] tokens, int length) {
    long total = 0;
    for (int shard = 0; shard < tokens.length; shard++) {
      int own = inShardOrder.get(shard).length;
      if (own != 0 && own != length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "mean: shard %d hands in %d values, another one %d",
                shard,
                own,
                length));
      }
      total += own == 0 ? 0 : tokens[shard];
    }
    return total;
  }
}
