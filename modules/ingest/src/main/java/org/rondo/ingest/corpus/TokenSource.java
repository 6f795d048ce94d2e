package org.rondo.ingest.corpus;

import java.io.Serializable;
import org.rondo.ingest.ShardPlan;

/**
 * Where the tokens of a shard are. Its fields are plain values and not records, which some
 * serializers of Spark cannot restore.
 */
interface TokenSource extends Serializable {
  /** Elements that every Java machine has an array for. */
  int MAXIMUM_ARRAY = Integer.MAX_VALUE - 8;

  /** The tokens for each of {@code rows} rows; safe for use by several threads. */
  Tokens[] rows(int rows);

  /**
   * Ids {@code from ..< from + count} of a split: loaded if they fit in the plan's memory, else
   * left where they are.
   */
  static TokenSource of(Corpus corpus, ShardPlan plan, long from, long count) {
    return count <= Math.min(plan.memory(), MAXIMUM_ARRAY)
        ? new LoadedTokens(corpus.read(plan.split(), from, (int) count), from)
        : new StoredTokens(corpus, plan.split(), plan.memory());
  }
}
