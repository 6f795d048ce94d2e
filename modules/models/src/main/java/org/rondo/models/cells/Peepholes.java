package org.rondo.models.cells;

import org.rondo.kernels.Elementwise;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.RowPasses.MultiplyAdd;
import org.rondo.kernels.RowPasses.Rows;
import org.rondo.models.workspace.Workspace;

/**
 * Peepholes of an LSTM: gates see a cell state s, each unit its own. With z the gate's
 * pre-activation and p the gate's peephole:
 *
 * <pre>
 *   z += p * s
 * </pre>
 *
 * <p>Backward:
 *
 * <pre>
 *   ds += p * dz      dp = sum over steps and rows of dz * s
 * </pre>
 *
 * <p>The gates i and f see the cell before the step, o sees the cell after it.
 *
 * @see <a href="https://www.jmlr.org/papers/v3/gers02a.html">Gers, Schraudolph and Schmidhuber
 *     2002</a>
 */
final class Peepholes {
  private final Elementwise elementwise;
  private final int batch;
  private final int units;
  private final NativeBuffer peephole;
  private final NativeBuffer peepholeGradient;
  private final NativeBuffer cellGradient;

  /** The gates that see: their place among {@code peephole}'s and among the four gates. */
  enum Gate {
    INPUT(0, 0),
    FORGET(1, 1),
    OUTPUT(2, 3);

    private final int peephole;
    private final int column;

    Gate(int peephole, int column) {
      this.peephole = peephole;
      this.column = column;
    }
  }

  /**
   * Peepholes of every step.
   *
   * @param peephole p of the three gates, {@code (3H)}
   * @param peepholeGradient {@code (3H)}, added to
   * @param cellGradient {@code (B,H)} of the cell that a gate sees, when its part runs backward;
   *     added to
   */
  Peepholes(
      Workspace workspace,
      NativeBuffer peephole,
      NativeBuffer peepholeGradient,
      NativeBuffer cellGradient) {
    this.elementwise = workspace.elementwise();
    this.batch = workspace.batch();
    this.units = peephole.length() / Gate.values().length;
    this.peephole = peephole;
    this.peepholeGradient = peepholeGradient;
    this.cellGradient = cellGradient;
  }

  /**
   * One gate's sight of the cell in one step.
   *
   * @param gates {@code (B,4H)} pre-activations, then their gradients
   * @param cell {@code (B,H)}
   */
  StepPart part(Gate gate, NativeBuffer gates, NativeBuffer cell) {
    Rows z = new Rows(gates, gate.column * units, 4 * units);
    Rows s = Rows.of(cell, units);
    Rows p = new Rows(peephole, gate.peephole * units, 0);
    var sight = MultiplyAdd.into(z, s, p);
    var cellSlope = MultiplyAdd.into(Rows.of(cellGradient, units), z, p);
    var peepholeSlope =
        MultiplyAdd.into(new Rows(peepholeGradient, gate.peephole * units, 0), z, s);
    return StepPart.of(
        () -> elementwise.multiplyAdd(sight, batch, units),
        () -> {
          elementwise.multiplyAdd(cellSlope, batch, units);
          elementwise.multiplyAdd(peepholeSlope, batch, units);
        });
  }
}
