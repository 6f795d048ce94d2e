package org.rondo.ingest;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.TextOrder;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.models.NetworkSpec;

/**
 * Examples to learn from that were prepared in a folder, in splits that are dealt to shards: the
 * text of a {@link Corpus}, or {@link Sequences}. Safe for use by several threads.
 */
public interface Dataset {
  /** Where it is. */
  Path folder();

  /**
   * What one task trains on.
   *
   * @param seed of the order, where one is drawn
   * @throws IngestException if there is nothing for it, or too much
   */
  Shard shard(TextOrder order, ShardPlan plan, int shard, long seed);

  /**
   * What one task evaluates: every target of the split is in one part.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  Shard part(TextOrder order, ShardPlan plan, int part);

  /** Targets of a split. */
  long targets(TextOrder order, String split);

  /**
   * Checks on the driver, before a job starts, that there is something for every shard.
   *
   * @throws IngestException saying how much there is and how much is needed
   */
  DealtText deal(TextOrder order, ShardPlan plan);

  /**
   * Checks on the driver, before a job starts, that there is something to evaluate and that every
   * part of it can be read.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  void requireParts(TextOrder order, ShardPlan plan);

  /**
   * Checks that a network takes its inputs and predicts its targets.
   *
   * @throws IngestException saying what it takes and what there is
   */
  void requireFits(NetworkSpec network);

  /** A fingerprint of a split's content, as hexadecimal SHA-256; reads nothing. */
  String fingerprint(String split);

  /** What its ids mean, where they are tokens of a text. */
  Optional<Vocabulary> tokenNames();
}
