package org.rondo.models.heads.decoder;

import org.rondo.kernels.NativeBuffer;
import org.rondo.models.cells.Cell;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.cells.Projection;
import org.rondo.models.cells.Recurrence;
import org.rondo.models.workspace.Workspace;

/**
 * A cell of the decoder, which runs a step at a time: what it reads may follow from its last one.
 */
final class DecoderLayer {
  private final Recurrence recurrence;
  private final Projection projection;
  private final NativeBuffer outputGradient;
  private final int columns;
  private final int stateLength;

  DecoderLayer(Workspace target, CellSpec spec) {
    Cell cell = spec.cell();
    columns = cell.projectionWidth(spec);
    NativeBuffer values = target.floats((long) target.rows() * columns);
    projection = new Projection(values, target.gradientOperand(values));
    outputGradient = target.gradientFloats((long) target.rows() * spec.outputWidth());
    recurrence = cell.bind(target, spec, projection, outputGradient);
    int widths = cell.stateWidths(spec).stream().mapToInt(Integer::intValue).sum();
    stateLength = target.batch() * widths;
  }

  /** {@code (U,R,G)}: what is to be written before a step runs. */
  Projection projection() {
    return projection;
  }

  /** G. */
  int columns() {
    return columns;
  }

  /** {@code (U,R,H)}. */
  NativeBuffer output() {
    return recurrence.output();
  }

  NativeBuffer outputOperand() {
    return recurrence.outputOperand();
  }

  /** {@code (U,R,H)}: what is added to before a step runs backward. */
  NativeBuffer outputGradient() {
    return outputGradient;
  }

  /** Floats that it carries. */
  int stateLength() {
    return stateLength;
  }

  void loadState(float[] state, int at) {
    recurrence.loadState(state, at);
  }

  void storeState(float[] state, int at) {
    recurrence.storeState(state, at);
  }

  void storeStateGradient(float[] gradient, int at) {
    recurrence.storeStateGradient(gradient, at);
  }

  void forward(int u) {
    recurrence.forward(u, u + 1);
  }

  void beginBackward() {
    outputGradient.clear(0, outputGradient.length());
    recurrence.beginBackward();
  }

  void backward(int u) {
    recurrence.backward(u, u + 1);
  }

  void endBackward(int steps) {
    recurrence.endBackward(steps);
  }
}
