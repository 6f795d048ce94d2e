package org.rondo.ingest;

import java.util.Locale;

/**
 * In how many parts a split is dealt, and the shape of their minibatches.
 *
 * @param split of the dataset
 * @param order in which it is read
 * @param shards parts, one for each task; at least 1
 * @param batch rows of every minibatch (B), at least 1
 * @param unroll steps of a minibatch (T) at most, at least 1
 * @param buckets different numbers of steps at most, at least 1; a text has minibatches of {@code
 *     unroll} steps alone, unless they are varied
 * @param memory numbers of four bytes, such as tokens, that one shard may hold, at least 1
 * @param varied whether the steps of minibatches of running text are drawn, see {@link UnrollSteps}
 */
public record ShardPlan(
    String split,
    DataOrder order,
    int shards,
    int batch,
    int unroll,
    int buckets,
    long memory,
    boolean varied) {
  /** Whose minibatches of running text all have {@code unroll} steps. */
  public ShardPlan(
      String split, DataOrder order, int shards, int batch, int unroll, int buckets, long memory) {
    this(split, order, shards, batch, unroll, buckets, memory, false);
  }

  public ShardPlan {
    if (shards < 1 || batch < 1 || unroll < 1 || buckets < 1 || memory < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "shards: %d shards in minibatches of %d rows and %d steps, %d buckets and %d tokens in memory, each must be >= 1",
              shards,
              batch,
              unroll,
              buckets,
              memory));
    }
  }

  /** Rows of all shards together. */
  public long rows() {
    return (long) shards * batch;
  }

  public void requireShard(int shard) {
    if (shard < 0 || shard >= shards) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "shards: shard %d of %d", shard, shards));
    }
  }
}
