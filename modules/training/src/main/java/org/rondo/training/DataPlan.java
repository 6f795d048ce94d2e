package org.rondo.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import org.rondo.ingest.DataOrder;
import org.rondo.kernels.ValueException;

/**
 * How tasks come by the data.
 *
 * @param order in which it is read, for training and for evaluation
 * @param shardMemory MB of tokens or sequences that one shard may hold in memory; of larger ones,
 *     parts are read as they are needed, with the same bits; shuffled lines of text must fit
 * @param buckets different numbers of steps that minibatches of sequences have at most, each of
 *     which takes a network of its own; 1 for {@code train.unroll} steps alone. Those of text have
 *     as many anyway
 */
public record DataPlan(
    DataOrder order, int shardMemory, @JsonProperty(defaultValue = "1") int buckets)
    implements Serializable {
  /** Contiguous; 16 million tokens, little beside what training itself takes. */
  public static final DataPlan DEFAULT = new DataPlan(DataOrder.CONTIGUOUS, 64, 4);

  /** Each one takes time to build and memory. */
  private static final int MOST_BUCKETS = 64;

  public DataPlan {
    ValueException.unlessGiven("data.order", order);
    ValueException.unless(shardMemory >= 1, "data.shard_memory", shardMemory, "must be >= 1 MB");
    ValueException.unlessWithin("data.buckets", buckets, 1, MOST_BUCKETS);
  }

  /** Tokens that one shard may hold. */
  long tokensInMemory() {
    return ((long) shardMemory << 20) / Integer.BYTES;
  }
}
