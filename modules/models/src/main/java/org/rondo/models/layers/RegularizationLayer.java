package org.rondo.models.layers;

import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * A {@link Regularization}: its output is its input, to whose gradient the backward pass adds that
 * of the penalty. With n values in steps and m in pairs of neighbouring steps:
 *
 * <pre>
 *   dh_t   += 2 activation / n * h_t
 *   dh_t+1 += 2 temporal / m * (h_t+1 - h_t)
 *   dh_t   -= 2 temporal / m * (h_t+1 - h_t)
 * </pre>
 */
final class RegularizationLayer implements Layer {
  private final Workspace workspace;
  private final Elementwise elementwise;
  private final Signal input;
  private final Regularization spec;

  /** All steps but the last, and all but the first: element i of the second follows that of i. */
  private final NativeBuffer before;

  private final NativeBuffer after;
  private final NativeBuffer beforeGradient;
  private final NativeBuffer afterGradient;

  RegularizationLayer(Workspace workspace, Signal input, Regularization spec) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.spec = spec;
    int step = workspace.batch() * input.width();
    int pairs = (workspace.steps() - 1) * step;
    before = input.values().slice(0, pairs);
    after = input.values().slice(step, pairs);
    beforeGradient = input.gradient().slice(0, pairs);
    afterGradient = input.gradient().slice(step, pairs);
  }

  @Override
  public Signal output() {
    return input;
  }

  @Override
  public void forward() {}

  @Override
  public void backward() {
    float activation = factor(spec.activation(), rows());
    float temporal = factor(spec.temporal(), pairs());
    int width = input.width();
    for (int row = 0; row < workspace.rows(); row++) {
      int at = row * width;
      if (activation > 0 && !workspace.isPadding(row)) {
        elementwise.addScaled(input.values(), activation, input.gradient(), at, width);
      }
      if (temporal > 0 && hasNext(row)) {
        elementwise.addScaled(after, temporal, afterGradient, at, width);
        elementwise.addScaled(before, -temporal, afterGradient, at, width);
        elementwise.addScaled(before, temporal, beforeGradient, at, width);
        elementwise.addScaled(after, -temporal, beforeGradient, at, width);
      }
    }
  }

  private float factor(double strength, long rows) {
    return rows == 0 ? 0 : (float) (2 * strength / (rows * input.width()));
  }

  /** Rows of all sequences. */
  private long rows() {
    long rows = 0;
    for (int length : workspace.lengths()) {
      rows += length;
    }
    return rows;
  }

  /** Rows with a step after them. */
  private long pairs() {
    long pairs = 0;
    for (int row = 0; row < workspace.rows(); row++) {
      pairs += hasNext(row) ? 1 : 0;
    }
    return pairs;
  }

  /** Whether the sequence of that row has a step after it, of the same document. */
  private boolean hasNext(int row) {
    int next = row + workspace.batch();
    return row / workspace.batch() + 1 < workspace.lengths()[row % workspace.batch()]
        && (workspace.starts().length == 0 || !workspace.starts()[next]);
  }

  @Override
  public double penalty() {
    double squares = 0;
    double changes = 0;
    int width = input.width();
    for (int row = 0; row < workspace.rows(); row++) {
      if (!workspace.isPadding(row)) {
        squares += elementwise.sumOfSquares(input.values(), row * width, width);
      }
      for (int i = row * width; hasNext(row) && i < (row + 1) * width; i++) {
        double change = (double) after.get(i) - before.get(i);
        changes += change * change;
      }
    }
    return mean(spec.activation() * squares, rows()) + mean(spec.temporal() * changes, pairs());
  }

  private double mean(double sum, long rows) {
    return rows == 0 ? 0 : sum / (rows * input.width());
  }
}
