package org.rondo.training;

import java.io.Serializable;
import org.rondo.training.timing.TaskTimes;

/**
 * What one shard's round came to; a few numbers, for the driver. Not a record, since it may pass
 * through serializers that cannot restore records.
 */
public final class WorkerReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int shard;
  private int minibatches;
  private double lossSum;
  private long tokens;
  private double gradientNormSum;
  private int clipped;
  private double[][] gradientFlow = {};
  private TaskTimes times = TaskTimes.NONE;

  /** Of a shard that has trained nothing yet in this round. */
  public WorkerReport(int shard) {
    this.shard = shard;
  }

  /** Counts one minibatch more; its loss is the sum over its targets. */
  public void addMinibatch(double sum, long targets, double gradientNorm, boolean wasClipped) {
    minibatches++;
    lossSum += sum;
    tokens += targets;
    gradientNormSum += gradientNorm;
    clipped += wasClipped ? 1 : 0;
  }

  void setGradientFlow(double[][] norms) {
    gradientFlow = norms;
  }

  void setTimes(TaskTimes times) {
    this.times = times;
  }

  /** Which shard. */
  public int shard() {
    return shard;
  }

  /** Minibatches trained. */
  public int minibatches() {
    return minibatches;
  }

  /** Sum of -log p over all targets, in nats. */
  public double lossSum() {
    return lossSum;
  }

  /** Targets. */
  public long tokens() {
    return tokens;
  }

  /** Sum over the minibatches of the gradient's global norm before anything of it was clipped. */
  public double gradientNormSum() {
    return gradientNormSum;
  }

  /** Minibatches whose gradient was made smaller: an element was cut, or its norm shortened. */
  public int clipped() {
    return clipped;
  }

  /** When and where it was trained. */
  public TaskTimes times() {
    return times;
  }

  /**
   * {@code [recurrent layer][k]}: norms of gradients k steps back before the round's first step,
   * see {@link DiagnosticsPlan#gradients}; empty where this shard did not measure them.
   */
  double[][] gradientFlow() {
    return gradientFlow;
  }
}
