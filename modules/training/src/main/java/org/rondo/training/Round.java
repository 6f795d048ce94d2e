package org.rondo.training;

import java.io.Serializable;
import org.rondo.training.optimizers.Schedule;
import org.rondo.training.sync.SyncRound;
import org.rondo.training.workspace.WorkspaceKey;

/**
 * Everything that a worker must know about a round beside parameters, state and shard.
 *
 * @param number from 1
 * @param firstStep minibatches per shard that the run trained before
 * @param learningRateScale of the plateau schedule, see {@link Schedule#rate}
 * @param workspace what to train on
 * @param fingerprint of the run's kernels
 */
public record Round(
    int number,
    long firstStep,
    TrainingPlan plan,
    double learningRateScale,
    WorkspaceKey workspace,
    String fingerprint)
    implements Serializable {
  /** Minibatches that each shard trains. */
  public int minibatches() {
    return plan.minibatches(number);
  }

  /** Minibatches per shard that the run trained before the last one of this round. */
  public long lastStep() {
    return firstStep + minibatches() - 1;
  }

  /**
   * The learning rate of one of its minibatches.
   *
   * @param step minibatches per shard that the run trained before
   */
  public double learningRate(long step) {
    return plan.schedule().rate(step, learningRateScale);
  }

  /** What the synchronizer's step knows of it. */
  public SyncRound sync() {
    return new SyncRound(number, warmsUp(), learningRate(lastStep()));
  }

  /** Whether the first shard trains alone. */
  public boolean warmsUp() {
    return number <= plan.sync().warmUp();
  }

  /** Whether that shard trains. */
  boolean trains(int shard) {
    return shard == 0 || !warmsUp();
  }
}
