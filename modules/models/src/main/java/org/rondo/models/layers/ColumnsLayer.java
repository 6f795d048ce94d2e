package org.rondo.models.layers;

import java.util.List;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.InputLayer;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** Input layers side by side: {@code (T,B,sum of widths)}. */
final class ColumnsLayer implements InputLayer {
  private final Workspace workspace;
  private final InputLayer[] parts;
  private final Signal output;

  ColumnsLayer(Workspace workspace, List<InputLayer> parts, int width) {
    this.workspace = workspace;
    this.parts = parts.toArray(new InputLayer[0]);
    this.output = workspace.signal(width);
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(Minibatch minibatch) {
    for (InputLayer part : parts) {
      part.forward(minibatch);
    }
    join();
  }

  @Override
  public void forwardTraining(Minibatch minibatch, CounterRandom random) {
    for (InputLayer part : parts) {
      part.forwardTraining(minibatch, random);
    }
    join();
  }

  private void join() {
    int at = 0;
    for (InputLayer part : parts) {
      int width = part.output().width();
      for (int row = 0; row < workspace.rows(); row++) {
        output.values().copy(row * output.width() + at, part.output().values(), row * width, width);
      }
      at += width;
    }
    workspace.round(output.values(), output.operand());
  }

  @Override
  public void backward(Minibatch minibatch) {
    int at = 0;
    for (InputLayer part : parts) {
      int width = part.output().width();
      for (int row = 0; row < workspace.rows(); row++) {
        part.output()
            .gradient()
            .copy(row * width, output.gradient(), row * output.width() + at, width);
      }
      part.backward(minibatch);
      at += width;
    }
  }

  @Override
  public int parameterCount() {
    int count = 0;
    for (InputLayer part : parts) {
      count += part.parameterCount();
    }
    return count;
  }

  @Override
  public int maximumRanges() {
    int most = 0;
    for (InputLayer part : parts) {
      most += part.maximumRanges();
    }
    return most;
  }

  @Override
  public void addRanges(Gradient ranges, int first) {
    int at = first;
    for (InputLayer part : parts) {
      part.addRanges(ranges, at);
      at += part.parameterCount();
    }
  }
}
