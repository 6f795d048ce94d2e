package org.rondo.training;

import java.io.Serializable;
import org.rondo.ingest.DataOrder;
import org.rondo.models.ValueException;

/**
 * How tasks come by the text.
 *
 * @param order in which it is read, for training and for evaluation
 * @param shardMemory MB of tokens that one shard may hold in memory; of larger contiguous streams
 *     windows are read as they are needed, with the same bits; shuffled lines must fit
 */
public record DataPlan(DataOrder order, int shardMemory) implements Serializable {
  /** Contiguous; 16 million tokens, little beside what training itself takes. */
  public static final DataPlan DEFAULT = new DataPlan(DataOrder.CONTIGUOUS, 64);

  public DataPlan {
    ValueException.unlessGiven("data.order", order);
    ValueException.unless(shardMemory >= 1, "data.shard_memory", shardMemory, "must be >= 1 MB");
  }

  /** Tokens that one shard may hold. */
  long tokensInMemory() {
    return ((long) shardMemory << 20) / Integer.BYTES;
  }
}
