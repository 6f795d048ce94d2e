package org.rondo.models.layers;

import org.rondo.models.InputLayer;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/** The vectors of one column of ids, of an {@link EmbeddingTable}. */
final class EmbeddingLayer implements InputLayer {
  private final Workspace workspace;
  private final EmbeddingTable table;
  private final int column;
  private final Signal output;

  EmbeddingLayer(Workspace workspace, Embedding spec, int column) {
    this.workspace = workspace;
    this.table = new EmbeddingTable(workspace, spec.units());
    this.column = column;
    this.output = workspace.signal(spec.units());
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public int parameterCount() {
    return table.parameterCount();
  }

  @Override
  public void forward(Minibatch minibatch) {
    for (int row = 0; row < workspace.rows(); row++) {
      table.read(id(minibatch, row), output.values(), row);
    }
    workspace.round(output.values(), output.operand());
  }

  /** Adds the gradient of each position to its id's row, in the order of positions. */
  @Override
  public void backward(Minibatch minibatch) {
    table.clearGradient();
    for (int row = 0; row < workspace.rows(); row++) {
      table.add(id(minibatch, row), output.gradient(), row);
    }
  }

  private int id(Minibatch minibatch, int row) {
    return minibatch.inputs()[row * minibatch.columns() + column];
  }

  @Override
  public int maximumRanges() {
    return table.maximumRanges(workspace.rows());
  }

  @Override
  public void addRanges(Gradient ranges, int first) {
    table.addRanges(ranges, first);
  }
}
