package org.rondo.models;

import org.rondo.models.cells.CellSpec;
import org.rondo.models.cells.LstmCell;

/** {@link LstmCell} in double precision; gates in the order i, f, g, o. */
final class ReferenceLstm extends ReferenceRecurrence {
  private final double[][] gates = new double[4][];

  ReferenceLstm(ReferenceParameters parameters, double[] x, int batch, CellSpec cell) {
    super(parameters, x, batch, cell);
    for (int gate = 0; gate < 4; gate++) {
      gates[gate] = new double[state[0].length];
    }
  }

  @Override
  void step(int row) {
    double[] hidden = state[0];
    double[] cell = state[1];
    for (int j = 0; j < units; j++) {
      int now = row * units + j;
      int after = after(row) * units + j;
      for (int gate = 0; gate < 4; gate++) {
        int column = gate * units + j;
        double z = parameters.get("bias", column);
        z += parameters.times("input_weight", x, row, column);
        z += parameters.times("recurrent_weight", hidden, row, column);
        gates[gate][now] = gate == 2 ? Math.tanh(z) : sigmoid(z);
      }
      cell[after] = gates[1][now] * cell[now] + gates[0][now] * gates[2][now];
      hidden[after] = gates[3][now] * Math.tanh(cell[after]);
    }
  }

  @Override
  void stepBackward(int row) {
    for (int j = 0; j < units; j++) {
      int now = row * units + j;
      int after = after(row) * units + j;
      double i = gates[0][now];
      double f = gates[1][now];
      double g = gates[2][now];
      double o = gates[3][now];
      double t = Math.tanh(state[1][after]);
      double dh = stateGradient[0][after];
      double dc = stateGradient[1][after] + dh * o * (1 - t * t);
      stateGradient[1][now] += dc * f;
      double[] dz = {
        dc * g * i * (1 - i),
        dc * state[1][now] * f * (1 - f),
        dc * i * (1 - g * g),
        dh * t * o * (1 - o)
      };
      for (int gate = 0; gate < 4; gate++) {
        int column = gate * units + j;
        parameters.addGradient("bias", column, dz[gate]);
        parameters.timesBackward("input_weight", x, dx, row, column, dz[gate]);
        parameters.timesBackward(
            "recurrent_weight", state[0], stateGradient[0], row, column, dz[gate]);
      }
    }
  }
}
