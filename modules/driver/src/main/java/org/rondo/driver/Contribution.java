package org.rondo.driver;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.kernels.Bfloat16;
import org.rondo.training.Averaging;
import org.rondo.training.RoundResult;
import org.rondo.training.WireFormat;
import org.rondo.training.WorkerReport;
import org.rondo.training.WorkerResult;

/**
 * What one shard adds to a round's mean, or a chunk of it, as it travels. Not a record, since it
 * may pass through serializers that cannot restore records.
 */
final class Contribution implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkerReport report;
  private final float[] values;

  /** In place of the values where these are bfloat16. */
  private final short[] halves;

  private Contribution(WorkerReport report, short[] halves, float[] values) {
    this.report = report;
    this.values = values;
    this.halves = halves;
  }

  /**
   * @param report of the shard
   * @param values what it hands in, as long as every other shard's, or empty for a shard that hands
   *     in nothing
   * @param wire that holds the values exactly
   */
  Contribution(WorkerReport report, float[] values, WireFormat wire) {
    this(
        report,
        wire == WireFormat.FLOAT32 ? null : halves(values),
        wire == WireFormat.FLOAT32 ? values : null);
  }

  static Contribution of(WorkerResult result, WireFormat wire) {
    return new Contribution(result.report(), result.contribution(), wire);
  }

  int length() {
    return halves == null ? values.length : halves.length;
  }

  /** Elements {@code from} to {@code to} of it. */
  Contribution chunk(int from, int to) {
    return halves == null
        ? new Contribution(report, null, Arrays.copyOfRange(values, from, to))
        : new Contribution(report, Arrays.copyOfRange(halves, from, to), null);
  }

  private float[] values() {
    if (halves == null) {
      return values;
    }
    var widened = new float[halves.length];
    for (int i = 0; i < widened.length; i++) {
      widened[i] = Bfloat16.widen(halves[i]);
    }
    return widened;
  }

  private static short[] halves(float[] values) {
    var halves = new short[values.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Bfloat16.round(values[i]);
    }
    return halves;
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
      values.add(contribution.values());
      reports.add(contribution.report);
    }
    long[] tokens = reports.stream().mapToLong(WorkerReport::tokens).toArray();
    return new RoundResult(Averaging.mean(values, tokens), List.copyOf(reports));
  }
}
