package org.rondo.training;

import java.io.Serializable;
import org.rondo.training.timing.TaskTimes;

/** What a worker hands back: the state to carry on, what the shard hands in, and its report. */
public final class WorkerResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkerState state;
  private final float[] contribution;
  private final WorkerReport report;

  WorkerResult(WorkerState state, float[] contribution, WorkerReport report) {
    this.state = state;
    this.contribution = contribution;
    this.report = report;
  }

  /** The same, with what a carrier measured around the worker, which itself reads no clock. */
  public WorkerResult measured(TaskTimes times) {
    report.setTimes(times);
    return this;
  }

  /** The shard's state after the round. */
  public WorkerState state() {
    return state;
  }

  /** What is combined with that of the other shards; empty if nothing is; not to be modified. */
  public float[] contribution() {
    return contribution;
  }

  /** Its numbers. */
  public WorkerReport report() {
    return report;
  }
}
