package org.rondo.models.layers;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Inverted dropout: in training each value is kept with probability {@code keep} and divided by it,
 * or set to zero; in evaluation it passes. The mask is not stored: its key gives it again in the
 * backward pass. Where it is locked, the mask of the first step is that of all.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 * @see <a href="https://arxiv.org/abs/1512.05287">Gal and Ghahramani 2016</a>, locked
 */
final class DropoutLayer implements Layer {
  private final Workspace workspace;
  private final Elementwise elementwise;
  private final Signal input;
  private final Signal output;
  private final float keep;
  private final Masked[] forward;
  private final Masked[] backward;
  private long key;

  /** Values that one mask is laid over, and where the result belongs. */
  private record Masked(NativeBuffer from, NativeBuffer to) {}

  DropoutLayer(Workspace workspace, Signal input, Dropout spec) {
    this.workspace = workspace;
    this.elementwise = workspace.elementwise();
    this.input = input;
    this.keep = (float) (1 - spec.rate());
    this.output = workspace.signal(input.width());
    int masks = spec.locked() ? workspace.steps() : 1;
    this.forward = masked(input.values(), output.values(), masks);
    this.backward = masked(output.gradient(), input.gradient(), masks);
  }

  private static Masked[] masked(NativeBuffer from, NativeBuffer to, int masks) {
    var all = new Masked[masks];
    int size = from.length() / masks;
    for (int i = 0; i < masks; i++) {
      all[i] = new Masked(from.slice(i * size, size), to.slice(i * size, size));
    }
    return all;
  }

  private void drop(Masked[] all) {
    for (Masked each : all) {
      elementwise.dropout(each.from, each.to, keep, key);
    }
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
    drop(forward);
    workspace.round(output.values(), output.operand());
  }

  @Override
  public void backward() {
    drop(backward);
  }
}
