package org.rondo.training;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Loss;
import org.rondo.training.workspace.Workspace;

/**
 * Takes no step: the mean of the round's gradients, weighted by the tokens of their minibatches, is
 * what the shard hands in; nothing if none of them had a target. A single gradient keeps its bits.
 */
final class GradientMean implements Learner {
  private static final int BLOCK = 1 << 12;

  private final Workspace workspace;
  private final int minibatches;
  private final double[] sums;
  private final float[] block = new float[BLOCK];
  private float[] single = {};
  private long tokens;

  GradientMean(Workspace workspace, Round round, float[] common) {
    this.workspace = workspace;
    minibatches = round.minibatches();
    sums = minibatches == 1 ? new double[0] : workspace.sums();
    workspace.setParameters(common);
  }

  @Override
  public boolean learn(long step, Loss loss, double norm, double rate) {
    NativeBuffer gradient = workspace.network().gradient().values();
    if (minibatches == 1) {
      single = gradient.toArray();
    } else {
      add(gradient, loss.tokens());
    }
    return false;
  }

  private void add(NativeBuffer gradient, long weight) {
    for (int at = 0; at < sums.length; at += BLOCK) {
      int length = Math.min(BLOCK, sums.length - at);
      gradient.read(at, block, 0, length);
      for (int i = 0; i < length; i++) {
        sums[at + i] += (double) weight * block[i];
      }
    }
    tokens += weight;
  }

  @Override
  public float[] contribution() {
    if (minibatches == 1) {
      return single;
    }
    if (tokens == 0) {
      return new float[0];
    }
    var mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / tokens);
    }
    return mean;
  }
}
