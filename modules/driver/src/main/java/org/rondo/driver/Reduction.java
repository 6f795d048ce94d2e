package org.rondo.driver;

import org.apache.spark.api.java.JavaRDD;
import org.rondo.training.RoundResult;

/**
 * How the contributions of a round's shards become their mean. All ways add in shard order, in
 * double, and so give the same bits; they differ in stages and in what passes through the driver.
 */
interface Reduction {
  /**
   * The most that the driver takes in beyond one model. Measured with 2 to 16 shards of 1, 5 and 20
   * million parameters, a direct collect is no slower than a shuffle up to here, and it spares a
   * stage; beyond it is no faster, and what the driver must hold grows with the shards.
   */
  long DIRECT_BYTES = 64L << 20;

  /** Computes the contributions, one per shard, and their mean. */
  RoundResult reduce(JavaRDD<Contribution> contributions);

  /**
   * The way for contributions of that size: a direct collect if all of them together hold up to
   * {@link #DIRECT_BYTES}, or if there is only one; else a shuffle by chunk.
   *
   * @param shards contributions in a round
   * @param length values in each
   * @param cores tasks that run side by side
   */
  static Reduction of(int shards, int length, int cores) {
    long bytes = (long) shards * length * Float.BYTES;
    return shards == 1 || bytes <= DIRECT_BYTES
        ? new DirectCollect(shards)
        : new ChunkedShuffle(shards, length, cores);
  }
}
