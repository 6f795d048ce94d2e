package org.rondo.models.heads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.LinearProducts;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The rare classes of one cluster of an {@link AdaptiveSoftmax}: {@code softmax((h P) W + b)}. All
 * rows are projected, which is cheap; those whose target is in the cluster are gathered in front,
 * and as many blocks of them are worked as they fill.
 */
final class SoftmaxCluster {
  private static final String PROJECTION = "projection";

  private final Workspace workspace;
  private final Elementwise elementwise;
  private final Signal input;
  private final int width;
  private final LinearProducts projection;

  /** {@code (rows,width)}: of all rows, their gradient and its operand. */
  private final NativeBuffer projected;

  private final NativeBuffer projectedGradient;
  private final NativeBuffer projectedGradientOperand;

  /** The gradient of the input by this cluster alone. */
  private final NativeBuffer inputGradient;

  /** {@code (rows,width)}: the rows of this cluster's targets in front. */
  private final Signal gathered;

  private final SoftmaxObjective softmax;
  private final int[] rows;

  /** Each gathered row as a sequence of one step. */
  private final Minibatch targets;

  private final double[] losses;
  private int count;

  SoftmaxCluster(Workspace workspace, Signal input, int width, int classes) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.width = width;
    int all = input.values().length() / input.width();
    projected = workspace.floats((long) all * width);
    projectedGradient = workspace.gradientFloats((long) all * width);
    projectedGradientOperand =
        workspace.trains() ? workspace.operand(projectedGradient) : projectedGradient;
    inputGradient = workspace.gradientFloats(input.values().length());
    var from = new Signal(input.values(), input.operand(), inputGradient, input.width());
    projection =
        new LinearProducts(workspace.within(PROJECTION), from, projected, projectedGradientOperand);
    NativeBuffer values = workspace.floats((long) all * width);
    gathered =
        new Signal(
            values, workspace.operand(values), workspace.gradientFloats(values.length()), width);
    softmax = SoftmaxObjective.overFewRows(workspace, gathered, classes);
    rows = new int[all];
    targets = new Minibatch(1, all);
    losses = new double[all];
  }

  static String scope(int n) {
    return String.format(Locale.ROOT, "cluster.%d", n);
  }

  static List<ParameterSpec> parameters(int inputs, int width, int classes) {
    var all = new ArrayList<ParameterSpec>();
    all.add(LinearProducts.parameter(inputs, width).within(PROJECTION));
    all.addAll(SoftmaxObjective.parameters(width, classes));
    return all;
  }

  /** Before the first {@link #add} of a minibatch. */
  void clear() {
    count = 0;
    Arrays.fill(targets.targets(), Minibatch.NO_TARGET);
  }

  /**
   * A row of the input whose target is the cluster's class of that number.
   *
   * @param weight how much it counts
   */
  void add(int row, int target, float weight) {
    rows[count] = row;
    targets.targets()[count] = target;
    targets.weights()[count] = weight;
    count++;
  }

  /** Projects all rows, and puts those that were added in front. */
  private void gather() {
    projection.forward();
    for (int i = 0; i < count; i++) {
      gathered.values().copy(i * width, projected, rows[i] * width, width);
    }
    gathered.values().clear(count * width, gathered.values().length() - count * width);
    workspace.round(gathered.values(), gathered.operand());
  }

  /**
   * Adds the gradient of the input to that which is there.
   *
   * @param targetCount of the minibatch, over which the mean is
   * @return the sum over the rows that were added
   */
  double lossAndGradient(int targetCount) {
    gather();
    double sum = softmax.lossAndGradient(targets, targetCount);
    projectedGradient.clear(0, projectedGradient.length());
    for (int i = 0; i < count; i++) {
      projectedGradient.copy(rows[i] * width, gathered.gradient(), i * width, width);
    }
    workspace.round(projectedGradient, projectedGradientOperand);
    projection.backward();
    elementwise.addScaled(inputGradient, 1f, input.gradient(), 0, inputGradient.length());
    return sum;
  }

  /**
   * @param sums {@code (B)}: each sequence's sum over the rows that were added is added
   */
  void loss(double[] sums) {
    gather();
    Arrays.fill(losses, 0);
    softmax.loss(targets, losses);
    for (int i = 0; i < count; i++) {
      sums[rows[i] % sums.length] += losses[i];
    }
  }

  /**
   * @param logits {@code (rows,classes)} of all rows; overwritten
   */
  void logits(float[] logits) {
    projection.forward();
    gathered.values().copy(0, projected, 0, projected.length());
    workspace.round(gathered.values(), gathered.operand());
    softmax.logits(logits);
  }
}
