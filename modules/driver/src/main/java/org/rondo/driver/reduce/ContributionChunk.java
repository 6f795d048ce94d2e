package org.rondo.driver.reduce;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.training.RoundResult;
import org.rondo.training.WorkerReport;
import org.rondo.training.sync.Averaging;

/**
 * A {@link Contribution}, or a piece of one, as it travels. Not a record, since it may pass through
 * serializers that cannot restore records.
 */
final class ContributionChunk implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkerReport report;
  private final PackedVector values;

  ContributionChunk(WorkerReport report, PackedVector values) {
    this.report = report;
    this.values = values;
  }

  /**
   * The mean of the same piece of all shards' contributions, and their reports. Pieces are put in
   * shard order before they are added: the order in which Spark delivers is arbitrary, the order of
   * addition must not be.
   *
   * @throws IllegalStateException if a shard is missing
   */
  static RoundResult mean(Iterable<ContributionChunk> chunks, int shards) {
    var inShardOrder = new ContributionChunk[shards];
    int count = 0;
    for (ContributionChunk chunk : chunks) {
      inShardOrder[chunk.report.shard()] = chunk;
      count++;
    }
    if (count != shards) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "reduce: %d contributions of %d shards", count, shards));
    }
    var values = new ArrayList<float[]>();
    var reports = new ArrayList<WorkerReport>();
    for (ContributionChunk chunk : inShardOrder) {
      values.add(chunk.values.values());
      reports.add(chunk.report);
    }
    long[] tokens = reports.stream().mapToLong(WorkerReport::tokens).toArray();
    return new RoundResult(Averaging.mean(values, tokens), List.copyOf(reports));
  }
}
