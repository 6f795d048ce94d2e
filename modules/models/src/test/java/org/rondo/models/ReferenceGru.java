package org.rondo.models;

import org.rondo.models.cells.CellSpec;
import org.rondo.models.cells.GruCell;

/** {@link GruCell} in double precision; gates in the order r, z, n. */
final class ReferenceGru extends ReferenceRecurrence {
  private final boolean before;
  private final double[] r;
  private final double[] z;
  private final double[] n;

  /** What r is multiplied with: h Un + cn, or h itself where the reset comes before. */
  private final double[] reset;

  private final double[] resetState;
  private final double[] resetStateGradient;

  ReferenceGru(ReferenceParameters parameters, double[] x, int batch, CellSpec cell) {
    super(parameters, x, batch, cell);
    before = cell.options().values().getOrDefault("reset", "after").equals("before");
    int length = state[0].length;
    r = new double[length];
    z = new double[length];
    n = new double[length];
    reset = new double[length];
    resetState = new double[length];
    resetStateGradient = new double[length];
  }

  @Override
  void step(int row) {
    double[] h = state[0];
    for (int j = 0; j < units; j++) {
      int now = row * units + j;
      r[now] = sigmoid(input(row, j) + parameters.times("recurrent_weight", h, row, j));
      int update = units + j;
      z[now] = sigmoid(input(row, update) + parameters.times("recurrent_weight", h, row, update));
      resetState[now] = r[now] * h[now];
    }
    for (int j = 0; j < units; j++) {
      int now = row * units + j;
      int candidate = 2 * units + j;
      double recurrent;
      if (before) {
        reset[now] = h[now];
        recurrent = parameters.times("candidate_weight", resetState, row, j);
      } else {
        reset[now] = parameters.times("recurrent_weight", h, row, candidate);
        reset[now] += parameters.get("bias", 3 * units + j);
        recurrent = r[now] * reset[now];
      }
      n[now] = Math.tanh(input(row, candidate) + recurrent);
      h[after(row) * units + j] = (1 - z[now]) * n[now] + z[now] * h[now];
    }
  }

  private double input(int row, int column) {
    return parameters.times("input_weight", x, row, column) + parameters.get("bias", column);
  }

  @Override
  void stepBackward(int row) {
    double[] h = state[0];
    double[] dh = stateGradient[0];
    var dr = new double[units];
    for (int j = 0; j < units; j++) {
      int now = row * units + j;
      double dAfter = dh[after(row) * units + j];
      dh[now] += dAfter * z[now];
      int update = units + j;
      double dz = dAfter * (h[now] - n[now]) * z[now] * (1 - z[now]);
      inputBackward(row, update, dz);
      parameters.timesBackward("recurrent_weight", h, dh, row, update, dz);
      int candidate = 2 * units + j;
      double dn = dAfter * (1 - z[now]) * (1 - n[now] * n[now]);
      inputBackward(row, candidate, dn);
      if (before) {
        parameters.timesBackward("candidate_weight", resetState, resetStateGradient, row, j, dn);
      } else {
        dr[j] = dn * reset[now];
        parameters.timesBackward("recurrent_weight", h, dh, row, candidate, dn * r[now]);
        parameters.addGradient("bias", 3 * units + j, dn * r[now]);
      }
    }
    for (int j = 0; j < units; j++) {
      int now = row * units + j;
      if (before) {
        dr[j] = resetStateGradient[now] * reset[now];
        dh[now] += resetStateGradient[now] * r[now];
      }
      double d = dr[j] * r[now] * (1 - r[now]);
      inputBackward(row, j, d);
      parameters.timesBackward("recurrent_weight", h, dh, row, j, d);
    }
  }

  private void inputBackward(int row, int column, double d) {
    parameters.addGradient("bias", column, d);
    parameters.timesBackward("input_weight", x, dx, row, column, d);
  }
}
