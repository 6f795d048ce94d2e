package org.rondo.models.layers;

import java.util.BitSet;
import java.util.List;
import org.rondo.kernels.NativeBuffer;
import org.rondo.models.InputLayer;
import org.rondo.models.Minibatch;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.Initializer;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;

/**
 * The input of a network of ids: row {@code id} of {@code weight (V,E)}. Its gradient is zero in
 * the rows of ids that the minibatch does not hold, and only rows that were touched are cleared.
 */
final class EmbeddingLayer implements InputLayer {
  private static final String WEIGHT = "weight";
  private static final double INITIAL_LIMIT = 0.1;

  private final Workspace workspace;
  private final int units;
  private final NativeBuffer weight;
  private final NativeBuffer gradient;
  private final Signal output;
  private final BitSet touched;

  EmbeddingLayer(Workspace workspace, Embedding spec) {
    this.units = spec.units();
    this.weight = workspace.parameter(WEIGHT);
    this.gradient = workspace.gradient(WEIGHT);
    this.touched = workspace.touchedRows(WEIGHT);
    this.workspace = workspace;
    this.output = workspace.signal(units);
  }

  static List<ParameterSpec> parameters(Embedding spec) {
    return List.of(
        new ParameterSpec(
            WEIGHT, List.of(spec.vocabulary(), spec.units()), Initializer.uniform(INITIAL_LIMIT)));
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public int parameterCount() {
    return weight.length();
  }

  @Override
  public void forward(Minibatch minibatch) {
    int[] ids = minibatch.inputs();
    for (int row = 0; row < ids.length; row++) {
      output.values().copy(row * units, weight, ids[row] * units, units);
    }
    workspace.round(output.values(), output.operand());
  }

  /** Adds the gradient of each position to its id's row, in the order of positions. */
  @Override
  public void backward(Minibatch minibatch) {
    int[] ids = minibatch.inputs();
    for (int row = touched.nextSetBit(0); row >= 0; row = touched.nextSetBit(row + 1)) {
      gradient.clear(row * units, units);
    }
    touched.clear();
    for (int row = 0; row < ids.length; row++) {
      touched.set(ids[row]);
      add(row * units, ids[row] * units);
    }
  }

  @Override
  public int maximumRanges() {
    return Math.min(weight.length() / units, workspace.rows());
  }

  /** The rows of the last {@link #backward}, neighbours together. */
  @Override
  public void addRanges(Gradient ranges) {
    for (int from = touched.nextSetBit(0); from >= 0; ) {
      int to = touched.nextClearBit(from);
      ranges.add(from * units, (to - from) * units);
      from = touched.nextSetBit(to);
    }
  }

  private void add(int from, int to) {
    NativeBuffer source = output.gradient();
    for (int i = 0; i < units; i++) {
      gradient.set(to + i, gradient.get(to + i) + source.get(from + i));
    }
  }
}
