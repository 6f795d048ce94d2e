package org.rondo.training;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Loss;

/**
 * Takes no step: the mean of the round's gradients, weighted by the tokens of their minibatches, is
 * what the shard hands in. A single gradient keeps its bits.
 */
final class GradientMean implements Learner {
  private final Workspace workspace;
  private final int minibatches;
  private float[] single;
  private double[] sums;
  private long tokens;

  GradientMean(Workspace workspace, Round round, float[] common) {
    this.workspace = workspace;
    minibatches = round.minibatches();
    workspace.setParameters(common);
  }

  @Override
  public boolean learn(Loss loss, double norm) {
    NativeBuffer gradient = workspace.network().gradient().values();
    if (minibatches == 1) {
      single = gradient.toArray();
    } else {
      add(gradient, loss.tokens());
    }
    return false;
  }

  private void add(NativeBuffer gradient, long weight) {
    if (sums == null) {
      sums = new double[gradient.length()];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (double) weight * gradient.get(i);
    }
    tokens += weight;
  }

  @Override
  public float[] contribution() {
    if (minibatches == 1) {
      return single;
    }
    var mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / tokens);
    }
    return mean;
  }
}
