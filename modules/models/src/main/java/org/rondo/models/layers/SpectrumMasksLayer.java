package org.rondo.models.layers;

import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** Draws the masks of a minibatch forward, and lays the same ones over the gradients. */
final class SpectrumMasksLayer implements Layer {
  /** A mask of steps covers that part of its sequence at most. */
  private static final int PART = 5;

  private final Workspace workspace;
  private final Signal input;
  private final Signal output;
  private final SpectrumMasks spec;

  /** First band or step and count, {@code (B,M,2)}: masks of bands, then of steps. */
  private final int[] masks;

  SpectrumMasksLayer(Workspace workspace, Signal input, SpectrumMasks spec) {
    this.workspace = workspace;
    this.input = input;
    this.spec = spec;
    output = workspace.signal(input.width());
    masks = new int[workspace.batch() * (spec.bandMasks() + spec.stepMasks()) * 2];
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
    draw(workspace.random(random));
    output.values().copy(0, input.values(), 0, input.values().length());
    blank(output.values());
    workspace.round(output.values(), output.operand());
  }

  @Override
  public void backward() {
    input.gradient().copy(0, output.gradient(), 0, output.gradient().length());
    blank(input.gradient());
  }

  private void draw(CounterRandom random) {
    int at = 0;
    for (int b = 0; b < workspace.batch(); b++) {
      int steps = workspace.lengths()[b];
      for (int m = 0; m < spec.bandMasks(); m++, at += 2) {
        draw(random, at, spec.bandWidth(), spec.bands());
      }
      for (int m = 0; m < spec.stepMasks(); m++, at += 2) {
        draw(random, at, Math.min(spec.stepWidth(), steps / PART), steps);
      }
    }
  }

  private void draw(CounterRandom random, int at, int most, int of) {
    int count = (int) (random.uniform(at) * (most + 1));
    masks[at] = (int) (random.uniform(at + 1) * (of - count + 1));
    masks[at + 1] = count;
  }

  private void blank(NativeBuffer values) {
    int at = 0;
    for (int b = 0; b < workspace.batch(); b++) {
      for (int m = 0; m < spec.bandMasks(); m++, at += 2) {
        for (int t = 0; t < workspace.lengths()[b]; t++) {
          blankBands(values, row(t, b), masks[at], masks[at + 1]);
        }
      }
      for (int m = 0; m < spec.stepMasks(); m++, at += 2) {
        for (int t = masks[at]; t < masks[at] + masks[at + 1]; t++) {
          values.clear(row(t, b), output.width());
        }
      }
    }
  }

  private int row(int t, int b) {
    return (t * workspace.batch() + b) * output.width();
  }

  private void blankBands(NativeBuffer values, int row, int first, int count) {
    for (int spectrum = row; spectrum < row + output.width(); spectrum += spec.bands()) {
      values.clear(spectrum + first, count);
    }
  }
}
