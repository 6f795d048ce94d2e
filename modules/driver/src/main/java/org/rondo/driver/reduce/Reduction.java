package org.rondo.driver.reduce;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.training.RoundResult;
import org.rondo.training.sync.WireFormat;

/**
 * How the contributions of a round's shards become their mean. All ways add in shard order, in
 * double, and so give the same bits; they differ in stages and in what passes through the driver.
 */
public interface Reduction {
  /** A little less than Java's limit, which differs between machines. */
  int MOST_ARRAY_BYTES = Integer.MAX_VALUE - 64;

  /**
   * Computes the contributions, one per shard; what is left of their mean is computed on the driver
   * when it is asked for.
   */
  Supplier<RoundResult> begin(JavaRDD<Contribution> contributions);

  /** Computes the contributions and their mean. */
  default RoundResult reduce(JavaRDD<Contribution> contributions) {
    return begin(contributions).get();
  }

  /**
   * The way for contributions of that size: a direct collect if all of them together hold up to
   * {@link SparkLimits#directBytes}, or if there is only one that fits an array of bytes; else a
   * shuffle by chunk.
   *
   * @param shards contributions in a round
   * @param length values in each
   * @param wire that they travel in
   * @param cores tasks that run side by side
   */
  static Reduction of(int shards, int length, WireFormat wire, int cores, SparkLimits limits) {
    long bytes = (long) shards * length * wire.bytes();
    return bytes <= (shards == 1 ? MOST_ARRAY_BYTES : limits.directBytes())
        ? new DirectCollect(shards)
        : new ChunkedShuffle(shards, length, wire, cores);
  }
}
