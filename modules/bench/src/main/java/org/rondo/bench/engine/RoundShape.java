package org.rondo.bench.engine;

import java.util.Locale;
import org.rondo.training.sync.ReductionSizes;

/**
 * What decides how long a round takes beside the training in it.
 *
 * @param parameters of the model (P)
 * @param shards that are combined (S)
 * @param executors of one core each (E)
 * @param wireBytes per parameter that a shard hands in: 4 of float32, 2 of bfloat16
 */
record RoundShape(long parameters, int shards, int executors, int wireBytes) {
  private static final int MODEL_BYTES = 4;

  RoundShape {
    if (parameters < 1 || shards < 1 || executors < 1 || wireBytes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "round: %d parameters, %d shards, %d executors, %d bytes on the wire: all must be >= 1",
              parameters,
              shards,
              executors,
              wireBytes));
    }
  }

  /** Bytes of the model itself. */
  double modelBytes() {
    return (double) MODEL_BYTES * parameters;
  }

  /** Bytes of one shard's contribution. */
  double contributionBytes() {
    return (double) wireBytes * parameters;
  }

  /** Whether the driver takes in every contribution by itself. */
  boolean direct() {
    return shards == 1 || shards * contributionBytes() <= ReductionSizes.DIRECT_BYTES;
  }

  /** Shards that one executor trains, on average. */
  double shardsPerExecutor() {
    return (double) shards / executors;
  }

  /** Contributions, or their worth in chunks, that the busiest adder takes in. */
  double contributionsPerReducer() {
    return (double) shards / Math.min(executors, ReductionSizes.chunks(shards, parameters));
  }
}
