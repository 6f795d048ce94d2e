package org.rondo.ingest.corpus;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.rondo.ingest.DealtText;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;
import org.rondo.models.ValueException;

/** In which order a text is read, and what of it hangs together. */
public enum TextOrder {
  /** As it stands, in {@link TokenStreams} with a hidden state that is carried on. */
  CONTIGUOUS {
    @Override
    public Shard shard(Corpus corpus, ShardPlan plan, int shard, long seed) {
      return TokenStreams.shard(corpus, plan, shard);
    }

    @Override
    public Shard part(Corpus corpus, ShardPlan plan, int part) {
      return TokenStreams.cover(corpus, plan, part);
    }

    @Override
    public long targets(Corpus corpus, String split) {
      return corpus.tokens(split) - 1;
    }

    @Override
    long minibatches(Corpus corpus, ShardPlan plan) {
      return TokenStreams.minibatches(corpus, plan);
    }

    @Override
    public DealtText deal(Corpus corpus, ShardPlan plan) {
      return TokenStreams.deal(corpus, plan);
    }

    @Override
    public void requireParts(Corpus corpus, ShardPlan plan) {
      corpus.requireTargets(plan.split(), targets(corpus, plan.split()));
    }
  },

  /** Line by line, see {@link LineSequences}; drawn anew for each epoch. */
  SHUFFLED {
    @Override
    public Shard shard(Corpus corpus, ShardPlan plan, int shard, long seed) {
      return LineSequences.shard(corpus, plan, shard, seed);
    }

    @Override
    public Shard part(Corpus corpus, ShardPlan plan, int part) {
      return LineSequences.part(corpus, plan, part);
    }

    @Override
    public long targets(Corpus corpus, String split) {
      return corpus.tokens(split);
    }

    @Override
    long minibatches(Corpus corpus, ShardPlan plan) {
      return DealtLines.minibatches(corpus, plan);
    }

    @Override
    public DealtText deal(Corpus corpus, ShardPlan plan) {
      return DealtLines.deal(corpus, plan);
    }

    @Override
    public void requireParts(Corpus corpus, ShardPlan plan) {
      corpus.requireTargets(plan.split(), targets(corpus, plan.split()));
      LineSequences.requireParts(corpus, plan);
    }
  };

  /**
   * What one task trains on.
   *
   * @param seed of the order, where one is drawn
   * @throws IngestException if there is nothing for it, or too much
   */
  public abstract Shard shard(Corpus corpus, ShardPlan plan, int shard, long seed);

  /**
   * What one task evaluates: every target of the split is in one part.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  public abstract Shard part(Corpus corpus, ShardPlan plan, int part);

  /** Targets of a split. */
  public abstract long targets(Corpus corpus, String split);

  /** Minibatches of an epoch, of the shard that has the most. */
  abstract long minibatches(Corpus corpus, ShardPlan plan);

  /**
   * Checks on the driver, before a job starts, that there is something for every shard.
   *
   * @throws IngestException saying how much there is and how much is needed
   */
  public abstract DealtText deal(Corpus corpus, ShardPlan plan);

  /**
   * Checks on the driver, before a job starts, that there is something to evaluate and that every
   * part of it can be read.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  public abstract void requireParts(Corpus corpus, ShardPlan plan);

  /**
   * The constant of a configuration's word, {@code contiguous} or {@code shuffled}.
   *
   * @throws IllegalArgumentException for any other word
   */
  @JsonCreator
  public static TextOrder named(String word) {
    for (TextOrder each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new ValueException("data.order", word, "must be contiguous or shuffled");
  }

  /** The configuration's word. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
