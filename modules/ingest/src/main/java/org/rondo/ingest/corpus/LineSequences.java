package org.rondo.ingest.corpus;

import java.util.Arrays;
import java.util.Locale;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.ingest.Shuffle;
import org.rondo.kernels.Counted;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

/**
 * Every line by itself: a row of a minibatch is a line, and its hidden state starts at zero. Lines
 * longer than a minibatch are cut in pieces that each stand by themselves. All tokens are targets:
 * the first of a line is predicted from the end of a line, the first of a piece from the token
 * before it.
 *
 * <p>Rows that are shorter than the minibatch are padded; rows that are left over in an epoch's
 * last minibatch have length 0.
 */
public final class LineSequences implements Shard {
  private static final long serialVersionUID = 1L;

  /** How the configuration says the number of parts to train on. */
  static final String SHARDS = "shards";

  private static final String PARTS = "evaluate.streams / evaluate.batch";

  private final int[] ids;

  /** {@code (pieces + 1)}: piece p is {@code ids[starts[p] ..< starts[p + 1]]}. */
  private final int[] starts;

  private final int lineEnd;
  private final int batch;
  private final int unroll;
  private final boolean shuffled;
  private final long key;

  private LineSequences(int[] ids, int lineEnd, ShardPlan plan, boolean shuffled, long key) {
    this.ids = ids;
    this.lineEnd = lineEnd;
    this.starts = cut(ids, lineEnd, plan.unroll());
    this.batch = plan.batch();
    this.unroll = plan.unroll();
    this.shuffled = shuffled;
    this.key = key;
  }

  /**
   * A shard to train on, its lines in an order that is drawn anew for each epoch.
   *
   * @throws IngestException if no line begins in the shard, or its lines do not fit in memory
   */
  public static LineSequences shard(Corpus corpus, ShardPlan plan, int shard, long seed) {
    int[] ids = read(corpus, plan, shard, SHARDS);
    requireLine(ids.length, corpus, plan, shard);
    long key = CounterRandom.of(seed).derive("order").derive(shard).key();
    return new LineSequences(ids, Lines.end(corpus), plan, true, key);
  }

  /**
   * A part to evaluate, its lines in the order of the text.
   *
   * @throws IngestException if the split is empty, or the part's lines do not fit in memory
   */
  public static LineSequences part(Corpus corpus, ShardPlan plan, int part) {
    corpus.requireTargets(plan.split(), corpus.tokens(plan.split()));
    int[] ids = read(corpus, plan, part, PARTS);
    return new LineSequences(ids, Lines.end(corpus), plan, false, 0);
  }

  /** Throws if a part to evaluate would not fit in memory; reads where parts begin alone. */
  static void requireParts(Corpus corpus, ShardPlan plan) {
    Lines lines = Lines.of(corpus, plan.split());
    long from = 0;
    for (int part = 0; part < plan.shards(); part++) {
      long to = lines.start(part + 1, plan.shards());
      requireMemory(to - from, corpus, plan, PARTS);
      from = to;
    }
  }

  private static int[] read(Corpus corpus, ShardPlan plan, int shard, String parts) {
    plan.requireShard(shard);
    Lines lines = Lines.of(corpus, plan.split());
    long from = lines.start(shard, plan.shards());
    long count = lines.start(shard + 1, plan.shards()) - from;
    requireMemory(count, corpus, plan, parts);
    return corpus.read(plan.split(), from, (int) count);
  }

  /**
   * Throws if a part has more tokens than a task may hold.
   *
   * @param parts how the configuration says their number
   */
  static void requireMemory(long count, Corpus corpus, ShardPlan plan, String parts) {
    if (count > Math.min(plan.memory(), TokenSource.MAXIMUM_ARRAY)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: one of %d parts of the %s split of %s holds %d tokens; of shuffled lines data.shard_memory allows %d: raise it or the number of parts, %s",
              plan.shards(),
              plan.split(),
              corpus.folder(),
              count,
              plan.memory(),
              parts));
    }
  }

  static void requireLine(long tokens, Corpus corpus, ShardPlan plan, int shard) {
    if (tokens == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: no line of the %s split of %s, which has %s, begins in shard %d of %d; lower shards or bring more text",
              plan.split(),
              corpus.folder(),
              Counted.of(corpus.tokens(plan.split()), "token"),
              shard,
              plan.shards()));
    }
  }

  private static int[] cut(int[] ids, int lineEnd, int unroll) {
    var found = new int[ids.length + 1];
    int pieces = 0;
    for (int i = 1; i <= ids.length; i++) {
      if (i == ids.length || ids[i - 1] == lineEnd || i - found[pieces] == unroll) {
        found[++pieces] = i;
      }
    }
    return Arrays.copyOf(found, pieces + 1);
  }

  /** Lines, and pieces of lines that are longer than a minibatch. */
  public int sequences() {
    return starts.length - 1;
  }

  @Override
  public long minibatches() {
    return (sequences() + batch - 1L) / batch;
  }

  @Override
  public boolean startsSequence(long number) {
    return true;
  }

  @Override
  public int steps(long number) {
    return unroll;
  }

  @Override
  public Reader reader() {
    return new EpochReader();
  }

  /** Keeps the order of one epoch. */
  private final class EpochReader implements Reader {
    private long epoch = -1;
    private int[] order = {};

    @Override
    public void fill(Minibatch minibatch, long number) {
      requireShape(minibatch);
      if (number / minibatches() != epoch) {
        epoch = number / minibatches();
        order = order(epoch);
      }
      minibatch.clear();
      int first = (int) (number % minibatches()) * batch;
      int rows = Math.min(batch, order.length - first);
      for (int b = 0; b < rows; b++) {
        fillRow(minibatch, b, order[first + b]);
      }
    }
  }

  private int[] order(long epoch) {
    return shuffled
        ? Shuffle.permutation(sequences(), new CounterRandom(key).derive(epoch))
        : Shuffle.identity(sequences());
  }

  private void requireShape(Minibatch minibatch) {
    if (minibatch.steps() != unroll || minibatch.batch() != batch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "lines: a minibatch of T = %d, B = %d for lines of T = %d, B = %d",
              minibatch.steps(),
              minibatch.batch(),
              unroll,
              batch));
    }
  }

  private void fillRow(Minibatch minibatch, int b, int piece) {
    int from = starts[piece];
    int length = starts[piece + 1] - from;
    minibatch.lengths()[b] = length;
    for (int t = 0; t < length; t++) {
      // The token before a line is the end of another, but for the first line.
      minibatch.inputs()[t * batch + b] = from + t == 0 ? lineEnd : ids[from + t - 1];
      minibatch.targets()[t * batch + b] = ids[from + t];
    }
  }
}
