package org.rondo.models;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;

/**
 * Inverted dropout: in training each value is kept with probability {@code keep} and divided by it,
 * or set to zero; in evaluation it passes. The mask is not stored: its key gives it again in the
 * backward pass.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
final class DropoutLayer implements Layer {
  private final Elementwise elementwise;
  private final Signal input;
  private final Signal output;
  private final float keep;
  private final int index;
  private long key;

  /**
   * @param index tells the dropout layers of a network apart
   */
  DropoutLayer(Workspace workspace, Signal input, double rate, int index) {
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.keep = (float) (1 - rate);
    this.index = index;
    NativeBuffer values = workspace.floats(input.values().length());
    NativeBuffer gradient = workspace.floats(input.values().length());
    this.output = new Signal(values, gradient, input.width());
  }

  /** The key of the mask of dropout layer {@code index}. */
  static long key(CounterRandom random, int index) {
    return random.derive("dropout").derive(index).key();
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    output.values().copy(0, input.values(), 0, input.values().length());
  }

  @Override
  public void forwardTraining(CounterRandom random) {
    key = key(random, index);
    elementwise.dropout(input.values(), output.values(), keep, key);
  }

  @Override
  public void backward() {
    elementwise.dropout(output.gradient(), input.gradient(), keep, key);
  }
}
