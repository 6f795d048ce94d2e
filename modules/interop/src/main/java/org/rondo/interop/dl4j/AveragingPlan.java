package org.rondo.interop.dl4j;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.rondo.training.sync.SlotPolicy;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.workspace.KernelPlan;

/**
 * What the builder of a {@link RondoTrainingMaster} was told.
 *
 * @param workers shards, each learned by one task; by default as many as the cluster has cores
 * @param batch sequences of a minibatch
 * @param frequency minibatches per worker between two averages
 * @param saveUpdater whether the updater's memory is averaged and goes on; else it begins anew
 *     after each average
 * @param exportDirectory where data sets are written as sequences; by default below {@code
 *     hadoop.tmp.dir}
 * @param seed of dropout
 * @param kernels what computes, and in which precision
 * @param shardMemory MB of sequences that one worker may hold
 */
record AveragingPlan(
    OptionalInt workers,
    int batch,
    int frequency,
    boolean saveUpdater,
    Optional<String> exportDirectory,
    long seed,
    KernelPlan kernels,
    int shardMemory) {
  AveragingPlan {
    require(workers.orElse(1) >= 1, "numWorkers", workers.orElse(1));
    require(batch >= 1, "batchSizePerWorker", batch);
    require(frequency >= 1, "averagingFrequency", frequency);
    require(shardMemory >= 1, "shardMemory", shardMemory);
    exportDirectory.ifPresent(AveragingPlan::requirePath);
  }

  private static void require(boolean condition, String name, int value) {
    if (!condition) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "training master: %s must be >= 1, got %d", name, value));
    }
  }

  private static void requirePath(String folder) {
    try {
      new Path(folder);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "training master: exportDirectory = '%s': %s", folder, e.getMessage()),
          e);
    }
  }

  /** How workers come together. */
  SyncPlan sync() {
    return SyncPlan.AVERAGE.withSlots(saveUpdater ? SlotPolicy.AVERAGE : SlotPolicy.RESET);
  }

  /** The values by the names of the builder's methods. */
  Map<String, Object> toMap() {
    var values = new TreeMap<String, Object>();
    workers.ifPresent(count -> values.put("numWorkers", count));
    values.put("batchSizePerWorker", batch);
    values.put("averagingFrequency", frequency);
    values.put("saveUpdater", saveUpdater);
    exportDirectory.ifPresent(folder -> values.put("exportDirectory", folder));
    values.put("rngSeed", seed);
    values.put("precision", kernels.precision());
    values.put("shardMemory", shardMemory);
    return values;
  }
}
