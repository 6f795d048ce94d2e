package org.rondo.ingest;

import java.io.Serializable;
import java.util.Arrays;
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

  /** The tokens of all streams, as they follow each other in the text. */
  private final int[] tokens;

  /** {@code (B + 1)}: stream b's inputs are {@code tokens[starts[b] ..< starts[b + 1]]}. */
  private final int[] starts;

  private final int length;

  private TokenStreams(int[] tokens, int[] starts, int length) {
    this.tokens = tokens;
    this.starts = starts;
    this.length = length;
  }

  /**
   * Shard {@code shard} of {@code shards}: the split cut in {@code shards * streams} streams of
   * equal length. What remains at the end of the split is {@link #leftover}.
   *
   * @throws IngestException if there are fewer targets than streams
   */
  public static TokenStreams shard(
      Corpus corpus, String split, int shard, int shards, int streams) {
    requirePart("shard", shard, shards, streams);
    requireMinibatch(corpus, split, shards, streams, 1);
    long targets = corpus.tokens(split) - 1;
    long allStreams = (long) shards * streams;
    long length = targets / allStreams;
    long first = (long) shard * streams * length;
    return cut(corpus, split, first, new Cut(streams, length, 0));
  }

  /**
   * Part {@code part} of {@code parts}: the split cut in {@code parts * streams} streams, so that
   * every token but the first is a target exactly once; lengths differ by one at most, the longer
   * streams come first.
   *
   * @throws IngestException if the split has fewer than two tokens
   */
  public static TokenStreams cover(Corpus corpus, String split, int part, int parts, int streams) {
    requirePart("part", part, parts, streams);
    long targets = corpus.tokens(split) - 1;
    if (targets < 1) {
      throw new IngestException(
          "corpus: split %s of %s holds %d tokens; there is nothing to predict"
              .formatted(split, corpus.folder(), targets + 1));
    }
    long allStreams = (long) parts * streams;
    long length = targets / allStreams;
    long longer = targets % allStreams;
    long before = (long) part * streams;
    long longerHere = Math.min(streams, Math.max(0, longer - before));
    long first = before * length + Math.min(before, longer);
    return cut(corpus, split, first, new Cut(streams, length, (int) longerHere));
  }

  /**
   * Checks, before a job starts, that each shard has at least one minibatch.
   *
   * @throws IngestException if not, with the number of tokens that it takes
   */
  public static void requireMinibatch(
      Corpus corpus, String split, int shards, int streams, int unroll) {
    long needed = (long) shards * streams * unroll + 1;
    if (corpus.tokens(split) < needed) {
      throw new IngestException(
          "corpus: split %s of %s holds %d tokens, but shards x train.batch x train.unroll + 1 = %d x %d x %d + 1 = %d are needed; lower one of them or bring more text"
              .formatted(
                  split, corpus.folder(), corpus.tokens(split), shards, streams, unroll, needed));
    }
  }

  /** Streams of a length, the first {@code longer} of them longer by one. */
  private record Cut(int streams, long length, int longer) {}

  private static TokenStreams cut(Corpus corpus, String split, long first, Cut cut) {
    long inputs = cut.streams() * cut.length() + cut.longer();
    if (inputs >= Integer.MAX_VALUE) {
      throw new IngestException(
          "corpus: %d tokens of split %s in one shard are too many for one array; raise shards"
              .formatted(inputs, split));
    }
    var starts = new int[cut.streams() + 1];
    for (int b = 0; b < cut.streams(); b++) {
      starts[b + 1] = (int) (starts[b] + cut.length() + (b < cut.longer() ? 1 : 0));
    }
    int[] tokens = inputs == 0 ? new int[1] : corpus.read(split, first, (int) inputs + 1);
    return new TokenStreams(tokens, starts, starts[1]);
  }

  private static void requirePart(String name, int index, int count, int streams) {
    if (index < 0 || index >= count || streams < 1) {
      throw new IllegalArgumentException(
          "streams: %s %d of %d with %d streams".formatted(name, index, count, streams));
    }
  }

  /** B. */
  public int streams() {
    return starts.length - 1;
  }

  /** Targets of the longest stream. */
  public int length() {
    return length;
  }

  /** Targets of all streams together. */
  public long targets() {
    return starts[starts.length - 1];
  }

  /**
   * Targets of a split that no shard trains: what remains when it is cut in {@code shards *
   * streams} equal streams, and the steps at the end of each stream that fill no minibatch of
   * {@code unroll} steps.
   */
  public static long leftover(Corpus corpus, String split, int shards, int streams, int unroll) {
    long targets = corpus.tokens(split) - 1;
    return targets % ((long) shards * streams * unroll);
  }

  /** Minibatches of {@code steps} steps that every stream fills, if all are equally long. */
  public int minibatches(int steps) {
    return length / steps;
  }

  /** Minibatches of {@code steps} steps that hold every target, the last one padded. */
  public int paddedMinibatches(int steps) {
    return (int) (((long) length + steps - 1) / steps);
  }

  /**
   * Fills minibatch {@code index}: steps {@code index * T ..} of every stream. Beyond the end of a
   * stream inputs are 0 and targets {@link Minibatch#NO_TARGET}.
   *
   * @throws IllegalArgumentException if the minibatch has another number of rows than streams
   */
  public void fill(Minibatch minibatch, int index) {
    int batch = minibatch.batch();
    if (batch != streams()) {
      throw new IllegalArgumentException(
          "streams: a minibatch of %d rows for %d streams".formatted(batch, streams()));
    }
    int steps = minibatch.steps();
    int[] inputs = minibatch.inputs();
    int[] targets = minibatch.targets();
    Arrays.fill(inputs, 0);
    Arrays.fill(targets, Minibatch.NO_TARGET);
    for (int b = 0; b < batch; b++) {
      long from = starts[b] + (long) index * steps;
      int count = (int) Math.max(0, Math.min(steps, starts[b + 1] - from));
      minibatch.lengths()[b] = count;
      for (int t = 0; t < count; t++) {
        inputs[t * batch + b] = tokens[(int) from + t];
        targets[t * batch + b] = tokens[(int) from + t + 1];
      }
    }
  }
}
