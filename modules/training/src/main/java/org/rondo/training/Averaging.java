package org.rondo.training;

import java.util.List;

/**
 * The mean of the shards' parameters. Parameters are added, not differences, in double and in shard
 * order: fixed order gives fixed bits, and one shard gets its own bits back. Elements do not touch
 * each other, so cutting the vector in chunks changes nothing.
 */
public final class Averaging {
  private Averaging() {}

  /**
   * Element by element.
   *
   * @param inShardOrder at least one vector, or the same chunk of each; all of one length
   */
  public static float[] mean(List<float[]> inShardOrder) {
    float[] first = inShardOrder.get(0);
    int length = first.length;
    var sums = new double[length];
    // From the first vector, not from zero: 0.0 + -0.0 would be 0.0.
    for (int i = 0; i < length; i++) {
      sums[i] = first[i];
    }
    for (float[] values : inShardOrder.subList(1, inShardOrder.size())) {
      if (values.length != length) {
        throw new IllegalArgumentException(
            "mean: vectors of %d and %d values".formatted(length, values.length));
      }
      for (int i = 0; i < length; i++) {
        sums[i] += values[i];
      }
    }
    var mean = new float[length];
    for (int i = 0; i < length; i++) {
      mean[i] = (float) (sums[i] / inShardOrder.size());
    }
    return mean;
  }
}
