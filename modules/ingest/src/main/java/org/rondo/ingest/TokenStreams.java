package org.rondo.ingest;

import java.io.Serializable;
import org.rondo.models.Minibatch;

/**
 * Contiguous streams of tokens side by side: row b of every minibatch continues row b of the one
 * before, so that hidden state can be carried.
 *
 * <p>The target of a token is the token after it. Neighbouring streams overlap by that one token:
 * the last target of one is the first input of the next.
 */
public final class TokenStreams implements Serializable {
  private static final long serialVersionUID = 1L;

  private TokenStreams() {}

  /**
   * Shard {@code shard} of {@code shards}: the split cut in {@code shards * streams} streams of
   * equal length. What remains at the end of the split is {@link #leftover}.
   */
  public static TokenStreams shard(
      Corpus corpus, String split, int shard, int shards, int streams) {
    return null;
  }

  /**
   * Part {@code part} of {@code parts}: the split cut in {@code parts * streams} streams, so that
   * every token but the first is a target exactly once; lengths differ by one at most.
   */
  public static TokenStreams cover(Corpus corpus, String split, int part, int parts, int streams) {
    return null;
  }

  /**
   * Checks, before a job starts, that each shard has at least one minibatch.
   *
   * @throws IngestException if not, with the number of tokens that it takes
   */
  public static void requireMinibatch(
      Corpus corpus, String split, int shards, int streams, int unroll) {}

  /** B. */
  public int streams() {
    return 0;
  }

  /** Targets of the longest stream. */
  public int length() {
    return 0;
  }

  /** Targets of all streams together. */
  public long targets() {
    return 0;
  }

  /** Tokens of the split that are a target in no shard, its first token not counted. */
  public long leftover() {
    return 0;
  }

  /** Minibatches of {@code steps} steps that every stream fills. */
  public int minibatches(int steps) {
    return 0;
  }

  /** Minibatches of {@code steps} steps that hold every target, the last one padded. */
  public int paddedMinibatches(int steps) {
    return 0;
  }

  /**
   * Fills minibatch {@code index}: steps {@code index * T ..} of every stream. Beyond the end of a
   * stream inputs are 0 and targets {@link Minibatch#NO_TARGET}.
   *
   * @throws IllegalArgumentException if the minibatch has another number of rows than streams
   */
  public void fill(Minibatch minibatch, int index) {}
}
