package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.Layer;
import org.rondo.models.layers.RunningPooling.Kind;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * Pools each sequence's steps so far, in their order, with the sums of the poolings of whole
 * sequences. Its state: {@code (B,H)} sums or largest values, and {@code (B)} counts of steps, in
 * float32 and so exact up to 2^24.
 */
final class RunningPoolingLayer implements Layer {
  private final Workspace workspace;
  private final Signal input;
  private final Signal output;
  private final Kind kind;
  private final int width;

  /** {@code (B,H)}, then {@code (B)}. */
  private final float[] carried;

  RunningPoolingLayer(Workspace workspace, Signal input, Kind kind) {
    this.workspace = workspace;
    this.input = input;
    this.kind = kind;
    this.width = input.width();
    this.output = workspace.signal(width);
    this.carried = new float[workspace.batch() * (width + 1)];
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    for (int row = 0; row < workspace.rows(); row++) {
      if (workspace.isPadding(row)) {
        output.values().clear(row * width, width);
      } else {
        pool(row);
      }
    }
    workspace.round(output.values(), output.operand());
  }

  private void pool(int row) {
    int b = row % workspace.batch();
    int countAt = workspace.batch() * width + b;
    float count = ++carried[countAt];
    NativeBuffer values = input.values();
    for (int j = 0; j < width; j++) {
      float value = values.get(row * width + j);
      int at = b * width + j;
      switch (kind) {
        case MEAN -> {
          carried[at] += value;
          output.values().set(row * width + j, carried[at] / count);
        }
        case MAX -> {
          // A NaN is larger than every number, so that it is not hidden.
          carried[at] = count == 1 || Float.compare(value, carried[at]) > 0 ? value : carried[at];
          output.values().set(row * width + j, carried[at]);
        }
      }
    }
  }

  @Override
  public void backward() {
    throw new IllegalStateException("running pooling: it predicts, and has no backward pass");
  }

  @Override
  public List<Integer> stateWidths() {
    return List.of(width, 1);
  }

  @Override
  public void loadState(float[] state, int at) {
    System.arraycopy(state, at, carried, 0, carried.length);
  }

  @Override
  public void storeState(float[] state, int at) {
    System.arraycopy(carried, 0, state, at, carried.length);
  }
}
