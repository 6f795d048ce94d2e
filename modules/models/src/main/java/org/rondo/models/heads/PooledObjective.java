package org.rondo.models.heads;

import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * An objective of one row per sequence, whose target is the sequence's one label.
 *
 * @param objective over the pooling's output
 */
record PooledObjective(Workspace workspace, Pooling pooling, Objective objective)
    implements Objective {
  @Override
  public double lossAndGradient(Minibatch minibatch) {
    pool();
    double sum = objective.lossAndGradient(minibatch);
    pooling.backward();
    return sum;
  }

  @Override
  public void loss(Minibatch minibatch, double[] sums) {
    pool();
    objective.loss(minibatch, sums);
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
}
