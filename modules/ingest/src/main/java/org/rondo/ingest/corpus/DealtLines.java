package org.rondo.ingest.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.ShardPlan;
import org.rondo.kernels.Counted;

/** Counts what becomes of a split's lines, in one pass that holds a block of them. */
final class DealtLines {
  /** Share of padding from which on it is worth a remark. */
  private static final double MUCH_PADDING = 0.5;

  private final ShardPlan plan;
  private long lines;
  private long longer;
  private long minibatches;
  private long most;

  private DealtLines(ShardPlan plan) {
    this.plan = plan;
  }

  /**
   * Counts them.
   *
   * @throws IngestException if a shard has no line, or more tokens than it may hold
   */
  static Deal deal(Corpus corpus, ShardPlan plan) {
    long tokens = corpus.tokens(plan.split());
    return new Deal(0, count(corpus, plan).remarks(tokens));
  }

  /** Minibatches of an epoch, of the shard that has the most; throws as {@link #deal} does. */
  static long minibatches(Corpus corpus, ShardPlan plan) {
    return count(corpus, plan).most;
  }

  private static DealtLines count(Corpus corpus, ShardPlan plan) {
    long tokens = corpus.tokens(plan.split());
    LineSequences.requireMemory(tokens / plan.shards(), corpus, plan, LineSequences.SHARDS);
    var counts = new DealtLines(plan);
    Lines split = Lines.of(corpus, plan.split());
    long from = 0;
    for (int shard = 0; shard < plan.shards(); shard++) {
      long to = split.start(shard + 1, plan.shards());
      LineSequences.requireLine(to - from, corpus, plan, shard);
      LineSequences.requireMemory(to - from, corpus, plan, LineSequences.SHARDS);
      counts.add(split, from, to);
      from = to;
    }
    return counts;
  }

  private void add(Lines split, long from, long to) {
    long pieces = 0;
    for (long at = from; at < to; ) {
      long end = split.after(at);
      lines++;
      longer += end - at > plan.unroll() ? 1 : 0;
      pieces += (end - at + plan.unroll() - 1) / plan.unroll();
      at = end;
    }
    long ofShard = (pieces + plan.batch() - 1) / plan.batch();
    minibatches += ofShard;
    most = Math.max(most, ofShard);
  }

  private List<String> remarks(long tokens) {
    var remarks = new ArrayList<String>();
    if (longer > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%1$,d of %2$s %3$s longer than train.unroll = %4$d tokens and %3$s cut in pieces, each of which starts from a hidden state of zeros",
              longer,
              Counted.of(lines, "line"),
              longer == 1 ? "is" : "are",
              plan.unroll()));
    }
    double padding = 1 - (double) tokens / (minibatches * plan.batch() * plan.unroll());
    if (padding > MUCH_PADDING) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%.0f%% of the steps of minibatches are padding: lines have %.1f tokens on average, train.unroll is %d",
              100 * padding,
              (double) tokens / lines,
              plan.unroll()));
    }
    return remarks;
  }
}
