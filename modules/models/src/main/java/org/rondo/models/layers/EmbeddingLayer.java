package org.rondo.models.layers;

import org.rondo.kernels.CounterRandom;
import org.rondo.models.InputLayer;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The vectors of one column of ids, of an {@link EmbeddingTable}. In training, dropout leaves a
 * minibatch without the vectors of some ids, wherever these occur in it, and divides the others by
 * the probability of being kept.
 *
 * @see <a href="https://arxiv.org/abs/1512.05287">Gal and Ghahramani 2016</a>
 */
final class EmbeddingLayer implements InputLayer {
  private final Workspace workspace;
  private final EmbeddingTable table;
  private final int column;
  private final double dropout;
  private final Signal output;
  private CounterRandom random;

  EmbeddingLayer(Workspace workspace, Embedding spec, int column) {
    this.workspace = workspace;
    this.table = new EmbeddingTable(workspace, spec.units());
    this.column = column;
    this.dropout = spec.dropout();
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

  @Override
  public void forwardTraining(Minibatch minibatch, CounterRandom numbers) {
    if (dropout == 0) {
      forward(minibatch);
      return;
    }
    random = numbers.derive("embedding").derive(column);
    for (int row = 0; row < workspace.rows(); row++) {
      int id = id(minibatch, row);
      table.read(id, factor(id), output.values(), row);
    }
    workspace.round(output.values(), output.operand());
  }

  /** What the minibatch in work multiplies the vector of an id with. */
  private float factor(int id) {
    if (dropout == 0) {
      return 1;
    }
    return random.uniform(id) < dropout ? 0 : (float) (1 / (1 - dropout));
  }

  /** Adds the gradient of each position to its id's row, in the order of positions. */
  @Override
  public void backward(Minibatch minibatch) {
    table.clearGradient();
    for (int row = 0; row < workspace.rows(); row++) {
      int id = id(minibatch, row);
      table.add(id, factor(id), output.gradient(), row);
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
