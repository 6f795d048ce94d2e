package org.rondo.driver;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.training.Averaging;
import org.rondo.training.RoundResult;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;

/**
 * What one shard adds to a round's mean, or a chunk of it. Not a record, since it may pass through
 * serializers that cannot restore records.
 */
final class Contribution implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkerReport report;
  private final float[] values;

  /**
   * @param report of the shard
   * @param values what it hands in, or the same chunk of it as of every other shard's; empty if it
   *     hands in nothing
   */
  Contribution(WorkerReport report, float[] values) {
    this.report = report;
    this.values = values;
  }

  static Contribution of(WorkerResult result) {
    return new Contribution(result.report(), result.contribution());
  }

  int length() {
    return values.length;
  }

  /** Elements {@code from} to {@code to} of it. */
  Contribution chunk(int from, int to) {
    return new Contribution(report, Arrays.copyOfRange(values, from, to));
  }

  /**
   * The mean of all shards and their reports. Contributions are put in shard order before they are
   * added: the order in which Spark delivers is arbitrary, the order of addition must not be.
   *
   * @throws IllegalStateException if a shard is missing
   */
  static RoundResult mean(Iterable<Contribution> contributions, int shards) {
    var inShardOrder = new Contribution[shards];
    int count = 0;
    for (Contribution contribution : contributions) {
      inShardOrder[contribution.report.shard()] = contribution;
      count++;
    }
    if (count != shards) {
      throw new IllegalStateException(
          "reduce: %d contributions of %d shards".formatted(count, shards));
    }
    var values = new ArrayList<float[]>();
    var reports = new ArrayList<WorkerReport>();
    for (Contribution contribution : inShardOrder) {
      values.add(contribution.values);
      reports.add(contribution.report);
    }
    long[] tokens = reports.stream().mapToLong(WorkerReport::tokens).toArray();
    return new RoundResult(Averaging.mean(values, tokens), List.copyOf(reports));
  }
}
