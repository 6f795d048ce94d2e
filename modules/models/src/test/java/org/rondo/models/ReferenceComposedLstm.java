package org.rondo.models;

import org.rondo.models.cells.CellSpec;
import org.rondo.models.cells.ComposedLstm;

/** {@link ComposedLstm} in double precision, row by row; gates in the order i, f, g, o. */
final class ReferenceComposedLstm extends ReferenceRecurrence {
  private final boolean peepholes;
  private final boolean layerNorm;
  private final boolean projected;
  private final Row[] rows;

  ReferenceComposedLstm(ReferenceParameters parameters, double[] x, int batch, CellSpec cell) {
    super(parameters, x, batch, cell);
    peepholes = cell.options().values().getOrDefault("peepholes", "false").equals("true");
    layerNorm = cell.options().values().getOrDefault("layer_norm", "false").equals("true");
    projected = !cell.options().values().getOrDefault("projection", "0").equals("0");
    rows = new Row[state[1].length / units];
  }

  @Override
  void step(int row) {
    rows[row] = new Row(row);
    rows[row].forward();
  }

  @Override
  void stepBackward(int row) {
    rows[row].backward();
  }

  /** One row, with everything that its backward pass needs. */
  private final class Row {
    private final int row;
    private final int before;
    private final int after;
    private final double[] z = new double[4 * units];
    private final double[] gate = new double[4 * units];
    private final double[] tanh = new double[units];
    private final double[] m = new double[units];
    private Normalized ofInput;
    private Normalized ofHidden;
    private Normalized ofCell;

    Row(int row) {
      this.row = row;
      this.before = row * units;
      this.after = after(row) * units;
    }

    void forward() {
      sums();
      double[] c = state[1];
      for (int j = 0; j < units; j++) {
        gate[j] = sigmoid(z[j] + peephole(0, j) * c[before + j]);
        gate[units + j] = sigmoid(z[units + j] + peephole(1, j) * c[before + j]);
        gate[2 * units + j] = Math.tanh(z[2 * units + j]);
        c[after + j] = gate[units + j] * c[before + j] + gate[j] * gate[2 * units + j];
        gate[3 * units + j] = sigmoid(z[3 * units + j] + peephole(2, j) * c[after + j]);
      }
      var cell = new double[units];
      System.arraycopy(c, after, cell, 0, units);
      ofCell = new Normalized(cell);
      for (int j = 0; j < units; j++) {
        double n =
            layerNorm
                ? ofCell.values[j] * parameters.get("cell_gain", j) + parameters.get("cell_bias", j)
                : cell[j];
        tanh[j] = Math.tanh(n);
        m[j] = gate[3 * units + j] * tanh[j];
      }
      int outputs = projected ? parameters.rows("recurrent_weight") : units;
      for (int k = 0; k < outputs; k++) {
        state[0][after(row) * outputs + k] =
            projected ? parameters.times("projection_weight", m, 0, k) : m[k];
      }
    }

    private void sums() {
      var fromInput = new double[4 * units];
      var fromHidden = new double[4 * units];
      for (int column = 0; column < 4 * units; column++) {
        fromInput[column] = parameters.times("input_weight", x, row, column);
        fromHidden[column] = parameters.times("recurrent_weight", state[0], row, column);
      }
      ofInput = new Normalized(fromInput);
      ofHidden = new Normalized(fromHidden);
      for (int column = 0; column < 4 * units; column++) {
        z[column] = parameters.get("bias", column);
        z[column] +=
            layerNorm
                ? ofInput.values[column] * parameters.get("input_gain", column)
                    + ofHidden.values[column] * parameters.get("recurrent_gain", column)
                : fromInput[column] + fromHidden[column];
      }
    }

    void backward() {
      double[] c = state[1];
      double[] dc = stateGradient[1];
      double[] dm = outputBackward();
      var dz = new double[4 * units];
      var dn = new double[units];
      for (int j = 0; j < units; j++) {
        double o = gate[3 * units + j];
        dz[3 * units + j] = dm[j] * tanh[j] * o * (1 - o);
        dn[j] = dm[j] * o * (1 - tanh[j] * tanh[j]);
      }
      double[] throughTanh = layerNorm ? cellBackward(dn) : dn;
      for (int j = 0; j < units; j++) {
        double i = gate[j];
        double f = gate[units + j];
        double g = gate[2 * units + j];
        double d = dc[after + j] + throughTanh[j] + peephole(2, j) * dz[3 * units + j];
        dz[j] = d * g * i * (1 - i);
        dz[units + j] = d * c[before + j] * f * (1 - f);
        dz[2 * units + j] = d * i * (1 - g * g);
        dc[before + j] += d * f + peephole(0, j) * dz[j] + peephole(1, j) * dz[units + j];
        addPeephole(0, j, dz[j] * c[before + j]);
        addPeephole(1, j, dz[units + j] * c[before + j]);
        addPeephole(2, j, dz[3 * units + j] * c[after + j]);
      }
      sumsBackward(dz);
    }

    /** The gradient of m from that of h. */
    private double[] outputBackward() {
      var dm = new double[units];
      int outputs = projected ? parameters.rows("recurrent_weight") : units;
      for (int k = 0; k < outputs; k++) {
        double dh = stateGradient[0][after(row) * outputs + k];
        if (projected) {
          parameters.timesBackward("projection_weight", m, dm, 0, k, dh);
        } else {
          dm[k] = dh;
        }
      }
      return dm;
    }

    private double[] cellBackward(double[] dn) {
      for (int j = 0; j < units; j++) {
        parameters.addGradient("cell_bias", j, dn[j]);
      }
      return ofCell.backward("cell_gain", dn);
    }

    private void sumsBackward(double[] dz) {
      for (int column = 0; column < 4 * units; column++) {
        parameters.addGradient("bias", column, dz[column]);
      }
      double[] ofX = layerNorm ? ofInput.backward("input_gain", dz) : dz;
      double[] ofH = layerNorm ? ofHidden.backward("recurrent_gain", dz) : dz;
      for (int column = 0; column < 4 * units; column++) {
        parameters.timesBackward("input_weight", x, dx, row, column, ofX[column]);
        parameters.timesBackward(
            "recurrent_weight", state[0], stateGradient[0], row, column, ofH[column]);
      }
    }
  }

  private double peephole(int gate, int unit) {
    return peepholes ? parameters.get("peephole", gate * units + unit) : 0;
  }

  private void addPeephole(int gate, int unit, double value) {
    if (peepholes) {
      parameters.addGradient("peephole", gate * units + unit, value);
    }
  }

  /** A row with mean 0 and variance 1. */
  private final class Normalized {
    final double[] values;
    private final double factor;

    Normalized(double[] x) {
      double mean = 0;
      for (double value : x) {
        mean += value / x.length;
      }
      double variance = 0;
      for (double value : x) {
        variance += (value - mean) * (value - mean) / x.length;
      }
      factor = 1 / Math.sqrt(variance + 1e-5);
      values = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        values[i] = (x[i] - mean) * factor;
      }
    }

    /** From the gradient of gain * values to that of x. */
    double[] backward(String gain, double[] dy) {
      int n = values.length;
      var g = new double[n];
      double mean = 0;
      double slope = 0;
      for (int i = 0; i < n; i++) {
        parameters.addGradient(gain, i, dy[i] * values[i]);
        g[i] = dy[i] * parameters.get(gain, i);
        mean += g[i] / n;
        slope += g[i] * values[i] / n;
      }
      for (int i = 0; i < n; i++) {
        g[i] = (g[i] - mean - values[i] * slope) * factor;
      }
      return g;
    }
  }
}
