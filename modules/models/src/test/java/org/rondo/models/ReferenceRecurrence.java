package org.rondo.models;

import java.util.Arrays;
import org.rondo.models.cells.CellSpec;

/**
 * One recurrent layer in double precision, one number at a time; a subclass has the equations of
 * its cell. Rows are (step, sequence); slots of the state, h first, are kept before the first and
 * after every step, so that what belongs before a row stands {@code batch} rows before what belongs
 * after it.
 */
abstract class ReferenceRecurrence {
  final int units;
  final double[] x;
  final double[] dx;

  /** {@code [slot][(T+1,B,width)]} and its gradient. */
  final double[][] state;

  final double[][] stateGradient;

  final ReferenceParameters parameters;
  private final int batch;
  private final int rows;

  ReferenceRecurrence(ReferenceParameters parameters, double[] x, int batch, CellSpec cell) {
    this.parameters = parameters;
    this.x = x;
    this.units = cell.units();
    this.batch = batch;
    this.rows = x.length / parameters.rows("input_weight");
    this.dx = new double[x.length];
    this.state =
        cell.cell().stateWidths(cell).stream()
            .map(width -> new double[(rows + batch) * width])
            .toArray(double[][]::new);
    this.stateGradient =
        Arrays.stream(state).map(s -> new double[s.length]).toArray(double[][]::new);
  }

  /** The layer of that cell. */
  static ReferenceRecurrence of(
      ReferenceParameters parameters, double[] x, int batch, CellSpec cell) {
    return switch (cell.name()) {
      case "gru" -> new ReferenceGru(parameters, x, batch, cell);
      case "lstm" ->
          cell.options().values().isEmpty()
              ? new ReferenceLstm(parameters, x, batch, cell)
              : new ReferenceComposedLstm(parameters, x, batch, cell);
      case "vanilla" -> new ReferenceVanilla(parameters, x, batch, cell);
      default -> throw new IllegalArgumentException("no reference for the cell " + cell.name());
    };
  }

  /** Computes the state after one row from the state before it. */
  abstract void step(int row);

  /** From the gradient of the state after one row to that of everything it depends on. */
  abstract void stepBackward(int row);

  /**
   * All steps.
   *
   * @param carried from {@code at}: the state before the first step, replaced by that after the
   *     last
   * @return h after each step, {@code (T,B,H)}
   */
  final double[] forward(double[] carried, int at) {
    int from = at;
    for (double[] slot : state) {
      System.arraycopy(carried, from, slot, 0, size(slot));
      from += size(slot);
    }
    for (int row = 0; row < rows; row++) {
      step(row);
    }
    from = at;
    for (double[] slot : state) {
      System.arraycopy(slot, slot.length - size(slot), carried, from, size(slot));
      from += size(slot);
    }
    return afterEachStep(state[0]);
  }

  /** Values carried from step to step, of all slots. */
  final int stateLength() {
    return Arrays.stream(state).mapToInt(this::size).sum();
  }

  /** All steps, last to first; returns the gradient of the input. */
  final double[] backward(double[] outputGradient) {
    System.arraycopy(outputGradient, 0, stateGradient[0], size(state[0]), outputGradient.length);
    for (int row = rows - 1; row >= 0; row--) {
      stepBackward(row);
    }
    return dx;
  }

  /** {@code (T,B,H)}: the whole gradient of h after each step. */
  final double[] hiddenGradient() {
    return afterEachStep(stateGradient[0]);
  }

  private int size(double[] slot) {
    return slot.length * batch / (rows + batch);
  }

  private double[] afterEachStep(double[] slot) {
    return Arrays.copyOfRange(slot, size(slot), slot.length);
  }

  /** The row of the state after {@code row}; the state before it has the number {@code row}. */
  final int after(int row) {
    return row + batch;
  }

  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
