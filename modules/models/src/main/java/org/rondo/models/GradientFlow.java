package org.rondo.models;

import java.util.Arrays;
import org.rondo.models.workspace.Signal;

/**
 * How strongly the loss at the end of a sequence depends on what a layer held k steps before: the
 * norm of {@code dL/dh} at step {@code e - k}, where {@code e} is the sequence's last step with a
 * target, or its very last step if targets are labels of the whole. Gradients that vanish or
 * explode over time fall or rise with k, on a logarithmic scale about linearly.
 *
 * @see <a href="https://doi.org/10.1142/S0218488598000094">Hochreiter 1998</a>
 * @see <a href="https://proceedings.mlr.press/v28/pascanu13.html">Pascanu et al. 2013</a>
 */
final class GradientFlow {
  private final int[] ends;
  private final Minibatch lastTargets;
  private final int batch;
  private int counted;
  private int longest;

  GradientFlow(Minibatch minibatch) {
    batch = minibatch.batch();
    ends = new int[batch];
    Arrays.fill(ends, -1);
    if (minibatch.labels() > 0) {
      lastTargets = minibatch;
      countLabels();
      return;
    }
    var targets = new int[minibatch.targets().length];
    Arrays.fill(targets, Minibatch.NO_TARGET);
    lastTargets = minibatch.withTargets(targets);
    for (int b = 0; b < batch; b++) {
      keepLast(minibatch, targets, b);
    }
  }

  private void countLabels() {
    counted = lastTargets.targetCount();
    for (int row = 0; row < lastTargets.targets().length; row++) {
      if (lastTargets.targets()[row] >= 0) {
        int b = row % batch;
        ends[b] = lastTargets.lengths()[b] - 1;
        longest = Math.max(longest, ends[b] + 1);
      }
    }
  }

  private void keepLast(Minibatch minibatch, int[] targets, int b) {
    for (int t = minibatch.steps() - 1; t >= 0; t--) {
      int target = minibatch.targets()[t * batch + b];
      if (target >= 0) {
        targets[t * batch + b] = target;
        ends[b] = t;
        counted++;
        longest = Math.max(longest, t + 1);
        return;
      }
    }
  }

  /** The minibatch without all targets but each sequence's last; with all of its labels. */
  Minibatch lastTargets() {
    return lastTargets;
  }

  /**
   * The norms of one layer, each of one sequence's own loss: the root mean square over the
   * sequences that are at least k + 1 steps long up to their last target.
   *
   * @param layer its gradient is that of the mean over all losses that are counted
   * @return an element per k, from 0
   */
  double[] norms(Signal layer) {
    var squares = new double[longest];
    var reached = new int[longest];
    for (int b = 0; b < batch; b++) {
      for (int k = 0; k <= ends[b]; k++) {
        squares[k] += squares(layer, (ends[b] - k) * batch + b);
        reached[k]++;
      }
    }
    var norms = new double[longest];
    for (int k = 0; k < longest; k++) {
      norms[k] = counted * StrictMath.sqrt(squares[k] / reached[k]);
    }
    return norms;
  }

  /** In double: squares of what float32 can hold are far below its least number. */
  private static double squares(Signal layer, int row) {
    double sum = 0;
    for (int i = row * layer.width(); i < (row + 1) * layer.width(); i++) {
      double value = layer.gradient().get(i);
      sum += value * value;
    }
    return sum;
  }
}
