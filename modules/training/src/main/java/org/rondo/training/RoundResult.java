package org.rondo.training;

import java.util.Arrays;
import java.util.List;
import org.rondo.training.sync.WireFormat;
import org.rondo.training.timing.RoundTimes;

/**
 * What a round came to: the mean of what the shards handed in, and their reports in shard order.
 */
public final class RoundResult {
  private final float[] mean;
  private final List<WorkerReport> reports;
  private final RoundTimes times;

  public RoundResult(float[] mean, List<WorkerReport> reports) {
    this(mean, reports, RoundTimes.NONE);
  }

  private RoundResult(float[] mean, List<WorkerReport> reports, RoundTimes times) {
    this.mean = mean;
    this.reports = List.copyOf(reports);
    this.times = times;
  }

  /** The same, with where its time went. */
  public RoundResult took(RoundTimes times) {
    return new RoundResult(mean, reports, times);
  }

  /** Where the round's time went, as far as the carrier measured it. */
  public RoundTimes times() {
    return times;
  }

  /** The part of each shard that trained, in shard order. */
  public List<ShardTiming> shards() {
    return reports.stream()
        .filter(report -> report.minibatches() > 0)
        .map(ShardTiming::of)
        .toList();
  }

  /**
   * The mean as it was handed in, see {@link WireFormat}; the caller's to keep. Empty if no shard
   * learned from a target.
   */
  public float[] mean() {
    return mean;
  }

  /** What the workers reported, in shard order. */
  public List<WorkerReport> reports() {
    return reports;
  }

  /** Targets trained. */
  public long tokens() {
    return reports.stream().mapToLong(WorkerReport::tokens).sum();
  }

  /** Mean nats per token, added in shard order; NaN in a round without targets. */
  public double trainLoss() {
    double sum = 0;
    for (WorkerReport report : reports) {
      sum += report.lossSum();
    }
    return sum / tokens();
  }

  /** Mean over all minibatches of the gradient's norm before clipping. */
  public double gradientNorm() {
    double sum = 0;
    for (WorkerReport report : reports) {
      sum += report.gradientNormSum();
    }
    return sum / minibatches();
  }

  /** Share of minibatches whose gradient was clipped, by value or by norm, in [0,1]. */
  public double clippedShare() {
    return reports.stream().mapToInt(WorkerReport::clipped).sum() / (double) minibatches();
  }

  /** Per recurrent layer, the norms of gradients k steps back; empty if none were measured. */
  public List<List<Double>> gradientFlow() {
    return reports.stream()
        .flatMap(report -> Arrays.stream(report.gradientFlow()))
        .map(norms -> Arrays.stream(norms).boxed().toList())
        .toList();
  }

  private int minibatches() {
    return reports.stream().mapToInt(WorkerReport::minibatches).sum();
  }
}
