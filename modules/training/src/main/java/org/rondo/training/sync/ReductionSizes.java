package org.rondo.training.sync;

/**
 * The sizes that decide how a round's contributions come together, for the engine and its models.
 */
public final class ReductionSizes {
  /**
   * The most of all shards' contributions that the driver collects one by one. Measured with 2 to
   * 16 shards of 1, 5 and 20 million parameters, a direct collect is no slower than a shuffle up to
   * here, and spares a stage; beyond it is no faster, and what the driver holds would grow with the
   * shards.
   */
  public static final long DIRECT_BYTES = 64L << 20;

  private static final int LEAST_CHUNKS = 16;
  private static final long MOST_GROUP_BYTES = 64L << 20;
  private static final long MOST_REDUCER_BYTES = 128L << 20;

  private ReductionSizes() {}

  /**
   * In how many chunks contributions are shuffled: one chunk of all shards takes 64 MiB as float32
   * at most, where there are values enough. A reducer adds one at a time. Their number does not
   * touch the bits.
   *
   * @param shards contributions in a round
   * @param length values in each
   */
  public static int chunks(int shards, long length) {
    long bytes = length * shards * Float.BYTES;
    long wanted = Math.max(LEAST_CHUNKS, ceiling(bytes, MOST_GROUP_BYTES));
    return (int) Math.min(length, wanted);
  }

  /**
   * How many tasks add them up: one per core if that leaves each no more than 128 MiB to take in,
   * which it does in Spark's execution memory before it adds the first chunk; else as many per core
   * as it takes, but none without a chunk.
   *
   * @param bytes that all contributions of a round travel as
   * @param chunks of them
   * @param cores of the executors
   */
  public static int reducers(long bytes, int chunks, int cores) {
    long chunksEach = Math.max(1, MOST_REDUCER_BYTES * chunks / Math.max(1, bytes));
    long turns = ceiling(ceiling(chunks, chunksEach), cores);
    return (int) Math.min(chunks, cores * turns);
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
