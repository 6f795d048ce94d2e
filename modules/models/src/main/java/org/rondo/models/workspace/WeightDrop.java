package org.rondo.models.workspace;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;

/**
 * DropConnect on a weight matrix: every minibatch of training multiplies by a copy of which each
 * element was kept with probability {@code keep} and divided by it, or set to zero. All steps of
 * the minibatch have the same copy. Evaluation multiplies by the weights themselves.
 *
 * @see <a href="https://proceedings.mlr.press/v28/wan13.html">Wan et al. 2013</a>
 * @see <a href="https://arxiv.org/abs/1708.02182">Merity et al. 2018</a>, on recurrent weights
 */
public final class WeightDrop {
  private final Elementwise elementwise;
  private final String name;
  private final NativeBuffer parameter;
  private final NativeBuffer gradient;
  private final float keep;
  private final WeightOperand operand;
  private final NativeBuffer values;
  private boolean whole;
  private long key;

  /**
   * @param name of the parameter in the network, which tells its mask from those of others
   */
  WeightDrop(
      Workspace workspace,
      String name,
      NativeBuffer parameter,
      NativeBuffer gradient,
      double rate) {
    this.elementwise = workspace.elementwise();
    this.name = name;
    this.parameter = parameter;
    this.gradient = gradient;
    this.keep = (float) (1 - rate);
    this.values = workspace.floats(parameter.length());
    this.operand = new WeightOperand(workspace, values);
  }

  /** What the products read, in the place of the parameter. */
  WeightOperand operand() {
    return operand;
  }

  void parametersChanged() {
    whole = false;
    operand.changed();
  }

  /** Before a forward pass of training: draws which weights this minibatch has. */
  public void drop(CounterRandom random) {
    key = random.derive(name).key();
    elementwise.dropout(parameter, values, keep, key);
    whole = false;
    operand.changed();
  }

  /** Before a forward pass of evaluation: it has all of them. */
  public void restore() {
    if (!whole) {
      values.copy(0, parameter, 0, parameter.length());
      whole = true;
      operand.changed();
    }
  }

  /** After a backward pass: makes of the copy's gradient that of the parameter, in its place. */
  public void backward() {
    elementwise.dropout(gradient, gradient, keep, key);
  }
}
