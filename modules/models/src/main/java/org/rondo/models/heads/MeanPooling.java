package org.rondo.models.heads;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** The mean over each sequence's steps. */
final class MeanPooling implements Pooling {
  private final Workspace workspace;
  private final Signal input;
  private final Signal output;

  MeanPooling(Workspace workspace, Signal input) {
    this.workspace = workspace;
    this.input = input;
    this.output = workspace.signalPerSequence(input.width());
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward() {
    NativeBuffer mean = output.values();
    mean.clear(0, mean.length());
    for (int row = 0; row < workspace.rows(); row++) {
      if (!workspace.isPadding(row)) {
        add(row, mean);
      }
    }
    for (int i = 0; i < mean.length(); i++) {
      int length = workspace.lengths()[i / input.width()];
      mean.set(i, length == 0 ? 0f : mean.get(i) / length);
    }
  }

  private void add(int row, NativeBuffer sum) {
    int width = input.width();
    int from = row * width;
    int to = row % workspace.batch() * width;
    for (int j = 0; j < width; j++) {
      sum.set(to + j, sum.get(to + j) + input.values().get(from + j));
    }
  }

  @Override
  public void backward() {
    int width = input.width();
    NativeBuffer gradient = input.gradient();
    for (int row = 0; row < workspace.rows(); row++) {
      if (workspace.isPadding(row)) {
        gradient.clear(row * width, width);
        continue;
      }
      int b = row % workspace.batch();
      int length = workspace.lengths()[b];
      for (int j = 0; j < width; j++) {
        gradient.set(row * width + j, output.gradient().get(b * width + j) / length);
      }
    }
  }
}
