package org.rondo.interop.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.SequenceFolder;
import org.rondo.kernels.Counted;
import org.rondo.training.TrainingPlan;

/**
 * What is dealt to the workers.
 *
 * @param folder of the sequences
 * @param shards as many as workers, but not more than sequences
 * @param longest steps of the longest sequence
 * @param targetsOfRow targets of a sequence in a minibatch, on average
 */
record DealtSequences(SequenceFolder folder, int shards, int longest, double targetsOfRow) {
  /**
   * Deals what was written.
   *
   * @throws IngestException if there is nothing to learn
   */
  static DealtSequences of(SequenceFolder folder, List<WrittenPart> parts, int workers) {
    long sequences = 0;
    long targets = 0;
    long rows = 0;
    int longest = 0;
    for (WrittenPart part : parts) {
      sequences += part.part().sequences();
      targets += part.part().targets();
      longest = Math.max(longest, part.part().longest());
      rows += part.rows();
    }
    if (targets == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data sets: %s without a target; there is nothing to learn",
              Counted.of(sequences, "sequence")));
    }
    int shards = (int) Math.min(workers, sequences);
    return new DealtSequences(folder, shards, longest, (double) targets / rows);
  }

  /** Minibatches in which the largest shard trains each of its sequences once. */
  long minibatches(JavaSparkContext spark, TrainingPlan plan) {
    SequenceFolder from = folder;
    List<Integer> indices = IntStream.range(0, shards).boxed().toList();
    return spark
        .parallelize(indices, shards)
        .map(i -> plan.shard(from.open(), i).minibatches())
        .reduce(Math::max);
  }
}
