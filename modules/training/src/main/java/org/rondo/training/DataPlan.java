package org.rondo.training;

import java.io.Serializable;

/**
 * How tasks come by the text.
 *
 * @param shardMemory MB of tokens that one shard may hold in memory; a larger one is read from the
 *     corpus as it is trained on, with the same bits
 */
public record DataPlan(int shardMemory) implements Serializable {
  /** Much text, little beside what training itself takes. */
  public static final DataPlan DEFAULT = new DataPlan(64);

  public DataPlan {
    Require.positive("data.shard_memory", shardMemory);
  }

  /** Tokens that one shard may hold. */
  long tokensInMemory() {
    return ((long) shardMemory << 20) / Integer.BYTES;
  }
}
