package org.rondo.ingest;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.rondo.models.NetworkSpec;

/**
 * Examples to learn from that were prepared in a folder, in splits that are dealt to shards. Safe
 * for use by several threads.
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
  Shard shard(ShardPlan plan, int shard, long seed);

  /**
   * What one task evaluates: every target of the split is in one part.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  Shard part(ShardPlan plan, int part);

  /**
   * The different numbers of steps (T) of minibatches, ascending: the same for every split, shard
   * and part that is read with the plan's unroll and buckets.
   */
  List<Integer> steps(ShardPlan plan);

  /** Minibatches of an epoch, of the shard that has the most. */
  long minibatches(ShardPlan plan);

  /** Targets of a split that is read in that order. */
  long targets(DataOrder order, String split);

  /**
   * Checks on the driver, before a job starts, that there is something for every shard.
   *
   * @throws IngestException saying how much there is and how much is needed
   */
  Deal deal(ShardPlan plan);

  /**
   * Checks on the driver, before a job starts, that there is something to evaluate and that every
   * part of it can be read.
   *
   * @throws IngestException if the split is empty, or a part too large
   */
  void requireParts(ShardPlan plan);

  /**
   * Checks that a network takes its inputs and predicts its targets.
   *
   * @param unroll steps of the longest piece that a sequence is cut into
   * @throws IngestException saying what it takes and what there is
   */
  void requireFits(NetworkSpec network, int unroll);

  /** A fingerprint of a split's content, as hexadecimal SHA-256; reads nothing. */
  String fingerprint(String split);

  /**
   * Texts that say what its numbers mean, by the name of the file that they are in, such as {@code
   * vocabulary.json}; they go into every checkpoint, for what a network predicts means nothing
   * without them.
   */
  Map<String, String> dictionaries();
}
