package org.rondo.models.heads;

import java.util.Arrays;
import java.util.Locale;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** An objective of one row per sequence, whose target stands at the sequence's own last step. */
final class PooledObjective implements Objective {
  private final Workspace workspace;
  private final Pooling pooling;
  private final Objective objective;

  /** The targets as a minibatch of one step. */
  private final Minibatch pooled;

  /**
   * @param objective over the pooling's output
   * @param outputs values in a target; 0 where that is a class
   */
  PooledObjective(Workspace workspace, Pooling pooling, Objective objective, int outputs) {
    this.workspace = workspace;
    this.pooling = pooling;
    this.objective = objective;
    this.pooled = new Minibatch(1, workspace.batch(), 0, 0, outputs);
  }

  @Override
  public double lossAndGradient(Minibatch minibatch) {
    gather(minibatch);
    pool();
    double sum = objective.lossAndGradient(pooled);
    pooling.backward();
    return sum;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    gather(minibatch);
    pool();
    objective.loss(pooled, sums);
  }

  @Override
  public int predictions() {
    return workspace.batch();
  }

  @Override
  public void logits(float[] logits) {
    pool();
    objective.logits(logits);
  }

  private void pool() {
    pooling.forward();
    Signal output = pooling.output();
    workspace.round(output.values(), output.operand());
  }

  private void gather(Minibatch minibatch) {
    int[] targets = minibatch.targets();
    Arrays.fill(pooled.targets(), Minibatch.NO_TARGET);
    int batch = workspace.batch();
    int outputs = pooled.valueTargets().length / batch;
    for (int row = 0; row < targets.length; row++) {
      if (targets[row] < 0) {
        continue;
      }
      int b = row % batch;
      if (row / batch != workspace.lengths()[b] - 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "head with pooling: sequence %d of length %d has a target at step %d, it must be the last",
                b,
                workspace.lengths()[b],
                row / batch));
      }
      pooled.targets()[b] = targets[row];
      System.arraycopy(
          minibatch.valueTargets(), row * outputs, pooled.valueTargets(), b * outputs, outputs);
    }
  }
}
