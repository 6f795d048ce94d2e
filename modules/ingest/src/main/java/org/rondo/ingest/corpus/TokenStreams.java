package org.rondo.ingest.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.kernels.Counted;
import org.rondo.models.Minibatch;

/**
 * Contiguous streams of tokens side by side: row b of every minibatch continues row b of the one
 * before, so that hidden state can be carried through an epoch.
 *
 * <p>The target of a token is the token after it. Neighbouring streams overlap by that one token:
 * the last target of one is the first input of the next.
 */
public final class TokenStreams implements Shard {
  private static final long serialVersionUID = 1L;

  /**
   * {@code (B + 1)}: stream b's inputs are the split's tokens {@code starts[b] ..< starts[b + 1]}.
   */
  private final long[] starts;

  private final StreamSteps steps;
  private final TokenSource tokens;

  /** Opened once and kept from task to task; does not travel. */
  private transient Tokens[] rows;

  private TokenStreams(TokenSource tokens, long[] starts, StreamSteps steps) {
    this.tokens = tokens;
    this.starts = starts;
    this.steps = steps;
  }

  /**
   * A shard to train on: the split cut in streams of equal length, whose ends are padded to a
   * minibatch. What remains at the end of the split is trained by none.
   *
   * @param seed of the steps of minibatches, where these vary
   * @throws IngestException if there are fewer targets than streams
   */
  public static TokenStreams shard(Corpus corpus, ShardPlan plan, int shard, long seed) {
    plan.requireShard(shard);
    requireTargets(corpus, plan, 1);
    long length = targets(corpus, plan.split()) / plan.rows();
    var starts = new long[plan.batch() + 1];
    for (int b = 0; b <= plan.batch(); b++) {
      starts[b] = ((long) shard * plan.batch() + b) * length;
    }
    return streams(corpus, plan, starts, seed);
  }

  /**
   * A part to evaluate: every token of the split but the first is a target of one part exactly
   * once. Lengths of streams differ by one at most, the longer streams come first; minibatches at
   * their ends are padded.
   *
   * @throws IngestException if the split has fewer than two tokens
   */
  public static TokenStreams cover(Corpus corpus, ShardPlan plan, int part) {
    plan.requireShard(part);
    long targets = targets(corpus, plan.split());
    corpus.requireTargets(plan.split(), targets);
    long length = targets / plan.rows();
    long longer = targets % plan.rows();
    var starts = new long[plan.batch() + 1];
    for (int b = 0; b <= plan.batch(); b++) {
      long before = (long) part * plan.batch() + b;
      starts[b] = before * length + Math.min(before, longer);
    }
    return streams(corpus, plan, starts, 0);
  }

  /**
   * Checks that each shard has a full minibatch at least.
   *
   * @return with what remains at the end of the split when it is cut in equal streams
   * @throws IngestException if not, with the number of tokens that it takes
   */
  static Deal deal(Corpus corpus, ShardPlan plan) {
    requireTargets(corpus, plan, plan.unroll());
    return new Deal(targets(corpus, plan.split()) % plan.rows(), List.of());
  }

  /** Minibatches of an epoch, which all shards have alike. */
  static long minibatches(Corpus corpus, ShardPlan plan) {
    return StreamSteps.of(plan, targets(corpus, plan.split()) / plan.rows(), 0).minibatches();
  }

  private static void requireTargets(Corpus corpus, ShardPlan plan, int unroll) {
    long needed = plan.rows() * unroll + 1;
    long tokens = corpus.tokens(plan.split());
    if (tokens < needed) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "corpus: split %s of %s holds %s, but shards x train.batch x train.unroll + 1 = %d x %d x %d + 1 = %d are needed; lower one of them or bring more text",
              plan.split(),
              corpus.folder(),
              Counted.of(tokens, "token"),
              plan.shards(),
              plan.batch(),
              unroll,
              needed));
    }
  }

  private static long targets(Corpus corpus, String split) {
    return corpus.tokens(split) - 1;
  }

  private static TokenStreams streams(Corpus corpus, ShardPlan plan, long[] starts, long seed) {
    // The last target of all streams is no input of any.
    long count = starts[plan.batch()] - starts[0] + 1;
    TokenSource tokens = TokenSource.of(corpus, plan, starts[0], count);
    return new TokenStreams(tokens, starts, StreamSteps.of(plan, starts[1] - starts[0], seed));
  }

  /** B. */
  public int streams() {
    return starts.length - 1;
  }

  /** Targets of all streams together. */
  public long targets() {
    return starts[streams()] - starts[0];
  }

  @Override
  public long minibatches() {
    return steps.minibatches();
  }

  @Override
  public boolean startsSequence(long number) {
    return number % minibatches() == 0;
  }

  @Override
  public int steps(long number) {
    return steps.steps(number);
  }

  @Override
  public synchronized Reader reader() {
    if (rows == null) {
      rows = tokens.rows(streams());
    }
    Tokens[] opened = rows;
    return (minibatch, number) -> fill(minibatch, opened, number);
  }

  private void fill(Minibatch minibatch, Tokens[] opened, long number) {
    int batch = minibatch.batch();
    int unroll = steps.steps(number);
    long first = steps.from(number);
    if (minibatch.steps() != unroll || batch != streams()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "streams: a minibatch of T = %d, B = %d for %d streams in steps of %d",
              minibatch.steps(),
              batch,
              streams(),
              unroll));
    }
    int[] inputs = minibatch.inputs();
    int[] targets = minibatch.targets();
    Arrays.fill(inputs, 0);
    Arrays.fill(targets, Minibatch.NO_TARGET);
    for (int b = 0; b < batch; b++) {
      long from = starts[b] + first;
      int count = (int) Math.max(0, Math.min(unroll, starts[b + 1] - from));
      minibatch.lengths()[b] = count;
      for (int t = 0; t < count; t++) {
        inputs[t * batch + b] = opened[b].id(from + t);
        targets[t * batch + b] = opened[b].id(from + t + 1);
      }
    }
  }
}
