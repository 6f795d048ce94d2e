package org.rondo.models.heads.decoder;

import java.util.Arrays;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Minibatch;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The rows of steps that have a target, one behind the other in the order of rows, so that a
 * softmax over a large vocabulary computes no others.
 */
final class TargetRows {
  private final Workspace target;
  private final Signal packed;
  private final Minibatch minibatch;

  /** Where each row comes from. */
  private final int[] origins;

  private int count;

  /**
   * @param width columns of a row
   */
  TargetRows(Workspace target, int width) {
    this.target = target;
    this.packed = target.signal(width);
    this.minibatch = new Minibatch(target.steps(), target.batch());
    this.origins = new int[target.rows()];
  }

  /** {@code (U*B,width)}; to be rounded by the caller. */
  Signal signal() {
    return packed;
  }

  /** The targets of the rows; {@link Minibatch#NO_TARGET} behind them. */
  Minibatch minibatch() {
    return minibatch;
  }

  /** Takes the rows of {@code (U,B,width)} that have a target. */
  void gather(NativeBuffer values, int[] targets) {
    int width = packed.width();
    count = 0;
    for (int row = 0; row < targets.length; row++) {
      if (targets[row] >= 0) {
        packed.values().copy(count * width, values, row * width, width);
        minibatch.targets()[count] = targets[row];
        origins[count++] = row;
      }
    }
    Arrays.fill(minibatch.targets(), count, targets.length, Minibatch.NO_TARGET);
    // What other minibatches left may be no number, and a product of zero with that is none.
    packed.values().clear(count * width, packed.values().length() - count * width);
  }

  /** Writes the gradient of {@code (U,B,width)}, zero where there is no target. */
  void scatter(NativeBuffer gradient) {
    int width = packed.width();
    gradient.clear(0, gradient.length());
    for (int i = 0; i < count; i++) {
      gradient.copy(origins[i] * width, packed.gradient(), i * width, width);
    }
  }

  /** Adds the loss of each row to that of its sequence, in the order of rows. */
  void addLosses(double[] ofRows, double[] sums) {
    for (int i = 0; i < count; i++) {
      sums[origins[i] % target.batch()] += ofRows[i];
    }
  }
}
