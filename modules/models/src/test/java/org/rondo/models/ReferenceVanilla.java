package org.rondo.models;

import org.rondo.models.cells.CellSpec;
import org.rondo.models.cells.VanillaCell;

/** {@link VanillaCell} in double precision. */
final class ReferenceVanilla extends ReferenceRecurrence {
  private final boolean relu;

  ReferenceVanilla(ReferenceParameters parameters, double[] x, int batch, CellSpec cell) {
    super(parameters, x, batch, cell);
    relu = cell.options().values().getOrDefault("activation", "tanh").equals("relu");
  }

  @Override
  void step(int row) {
    for (int j = 0; j < units; j++) {
      double z = parameters.get("bias", j);
      z += parameters.times("input_weight", x, row, j);
      z += parameters.times("recurrent_weight", state[0], row, j);
      state[0][after(row) * units + j] = relu ? Math.max(z, 0) : Math.tanh(z);
    }
  }

  @Override
  void stepBackward(int row) {
    for (int j = 0; j < units; j++) {
      double h = state[0][after(row) * units + j];
      double slope = relu ? Math.signum(h) : 1 - h * h;
      double dz = stateGradient[0][after(row) * units + j] * slope;
      parameters.addGradient("bias", j, dz);
      parameters.timesBackward("input_weight", x, dx, row, j, dz);
      parameters.timesBackward("recurrent_weight", state[0], stateGradient[0], row, j, dz);
    }
  }
}
