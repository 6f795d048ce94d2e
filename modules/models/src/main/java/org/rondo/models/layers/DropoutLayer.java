package org.rondo.models.layers;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Inverted dropout: in training each value is kept with probability {@code keep} and divided by it,
 * or set to zero; in evaluation it passes. The mask is not stored: its key gives it again in the
 * backward pass.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
final class DropoutLayer implements Layer {
  private final Workspace workspace;
  private final Elementwise elementwise;
  private final Signal input;
  private final Signal output;
  private final float keep;
  private long key;

  DropoutLayer(Workspace workspace, Signal input, double rate) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.keep = (float) (1 - rate);
    this.output = workspace.signal(input.width());
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    output.values().copy(0, input.values(), 0, input.values().length());
    workspace.round(output.values(), output.operand());
  }

  @Override
  public void forwardTraining(CounterRandom random) {
    key = workspace.random(random).key();
    elementwise.dropout(input.values(), output.values(), keep, key);
    workspace.round(output.values(), output.operand());
  }

  @Override
  public void backward() {
    elementwise.dropout(output.gradient(), input.gradient(), keep, key);
  }
}
