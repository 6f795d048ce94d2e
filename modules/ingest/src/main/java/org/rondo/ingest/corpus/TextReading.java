package org.rondo.ingest.corpus;

import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.ingest.ShardPlan;

/** What a {@link DataOrder} means to a text: what of it hangs together. */
enum TextReading {
  /** As it stands, in {@link TokenStreams} with a hidden state that is carried on. */
  CONTIGUOUS {
    @Override
    Shard shard(Corpus corpus, ShardPlan plan, int shard, long seed) {
      return TokenStreams.shard(corpus, plan, shard, seed);
    }

    @Override
    Shard part(Corpus corpus, ShardPlan plan, int part) {
      return TokenStreams.cover(corpus, plan, part);
    }

    @Override
    long targets(Corpus corpus, String split) {
      return corpus.tokens(split) - 1;
    }

    @Override
    long minibatches(Corpus corpus, ShardPlan plan) {
      return TokenStreams.minibatches(corpus, plan);
    }

    @Override
    Deal deal(Corpus corpus, ShardPlan plan) {
      return TokenStreams.deal(corpus, plan);
    }

    @Override
    void requireParts(Corpus corpus, ShardPlan plan) {
      corpus.requireTargets(plan.split(), targets(corpus, plan.split()));
    }
  },

  /** Line by line, see {@link LineSequences}; drawn anew for each epoch. */
  SHUFFLED {
    @Override
    Shard shard(Corpus corpus, ShardPlan plan, int shard, long seed) {
      return LineSequences.shard(corpus, plan, shard, seed);
    }

    @Override
    Shard part(Corpus corpus, ShardPlan plan, int part) {
      return LineSequences.part(corpus, plan, part);
    }

    @Override
    long targets(Corpus corpus, String split) {
      return corpus.tokens(split);
    }

    @Override
    long minibatches(Corpus corpus, ShardPlan plan) {
      return DealtLines.minibatches(corpus, plan);
    }

    @Override
    Deal deal(Corpus corpus, ShardPlan plan) {
      return DealtLines.deal(corpus, plan);
    }

    @Override
    void requireParts(Corpus corpus, ShardPlan plan) {
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
  abstract Shard shard(Corpus corpus, ShardPlan plan, int shard, long seed);

  /**
   * What one task evaluates: every target of the split is in one part.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  abstract Shard part(Corpus corpus, ShardPlan plan, int part);

  /** Targets of a split. */
  abstract long targets(Corpus corpus, String split);

  /** Minibatches of an epoch, of the shard that has the most. */
  abstract long minibatches(Corpus corpus, ShardPlan plan);

  /**
   * Checks on the driver, before a job starts, that there is something for every shard.
   *
   * @throws IngestException saying how much there is and how much is needed
   */
  abstract Deal deal(Corpus corpus, ShardPlan plan);

  /**
   * Checks on the driver, before a job starts, that there is something to evaluate and that every
   * part of it can be read.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  abstract void requireParts(Corpus corpus, ShardPlan plan);

  /** How a corpus is read in that order. */
  static TextReading of(DataOrder order) {
    return order == DataOrder.SHUFFLED ? SHUFFLED : CONTIGUOUS;
  }
}
