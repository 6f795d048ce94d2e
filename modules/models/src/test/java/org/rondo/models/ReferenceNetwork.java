package org.rondo.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole network in double precision, one number at a time: slow, and plain enough to be checked
 * by reading. The float32 network is tested against it; it is tested against finite differences.
 */
final class ReferenceNetwork {
  private final NetworkSpec spec;
  private final ParameterLayout layout;
  private final double[] parameters;
  private final double[] gradient;
  private final Minibatch minibatch;
  private final int batch;
  private final int rows;
  private final double[] state;
  private final List<double[]> hiddenGradients = new ArrayList<>();
  private double loss;

  /** Undoes one layer: from the gradient of its output to the gradient of its input. */
  private interface Backward {
    double[] apply(double[] outputGradient);
  }

  private ReferenceNetwork(
      NetworkSpec spec, double[] parameters, Minibatch minibatch, double[] state) {
    this.spec = spec;
    this.layout = Network.layout(spec);
    this.parameters = parameters;
    this.gradient = new double[parameters.length];
    this.minibatch = minibatch;
    this.state = state.clone();
    this.batch = minibatch.batch();
    this.rows = minibatch.steps() * batch;
  }

  /**
   * One forward and backward pass.
   *
   * @param masks what each dropout layer multiplies with, in the order of layers
   */
  static ReferenceNetwork run(
      NetworkSpec spec,
      double[] parameters,
      Minibatch minibatch,
      double[] state,
      List<double[]> masks) {
    var network = new ReferenceNetwork(spec, parameters, minibatch, state);
    network.run(masks);
    return network;
  }

  /** Sum over targets. */
  double loss() {
    return loss;
  }

  /** Of the mean over targets. */
  double[] gradient() {
    return gradient;
  }

  /** After the last step. */
  double[] state() {
    return state;
  }

  /** {@code (T,B,H)} per recurrent layer, lowest first: of the mean over targets, by h. */
  List<double[]> hiddenGradients() {
    return hiddenGradients;
  }

  private void run(List<double[]> masks) {
    var backwards = new ArrayList<Backward>();
    double[] x = null;
    int width = 0;
    int recurrent = 0;
    int stateAt = 0;
    int mask = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof LayerSpec.Embedding e) {
        width = e.units();
        x = embed(width, backwards);
      } else if (layer instanceof LayerSpec.Dropout) {
        x = dropout(x, masks.get(mask++), backwards);
      } else if (layer instanceof LayerSpec.Recurrent r) {
        String scope = "recurrent." + recurrent++;
        x = new Lstm(scope, x, width, r.cell().units()).forward(stateAt, backwards);
        width = r.cell().units();
        stateAt += 2 * batch * width;
      }
    }
    var inputGradient = new double[x.length];
    loss = head(x, width, inputGradient);
    for (int i = backwards.size() - 1; i >= 0; i--) {
      inputGradient = backwards.get(i).apply(inputGradient);
    }
  }

  private int offset(String name) {
    return layout.slice(name).offset();
  }

  private double[] embed(int units, List<Backward> backwards) {
    int at = offset("embedding.weight");
    var x = new double[rows * units];
    for (int i = 0; i < x.length; i++) {
      x[i] = parameters[at + minibatch.inputs()[i / units] * units + i % units];
    }
    backwards.add(
        dx -> {
          for (int i = 0; i < dx.length; i++) {
            gradient[at + minibatch.inputs()[i / units] * units + i % units] += dx[i];
          }
          return dx;
        });
    return x;
  }

  private static double[] dropout(double[] x, double[] mask, List<Backward> backwards) {
    backwards.add(dy -> product(dy, mask));
    return product(x, mask);
  }

  private static double[] product(double[] a, double[] b) {
    var c = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      c[i] = a[i] * b[i];
    }
    return c;
  }

  private double head(double[] x, int width, double[] dx) {
    int classes = spec.head().outputs();
    int weight = offset("head.weight");
    int bias = offset("head.bias");
    double sumOfLosses = 0;
    for (int row = 0; row < rows; row++) {
      int target = minibatch.targets()[row];
      if (target < 0) {
        continue;
      }
      var exponentials = new double[classes];
      double sum = 0;
      for (int v = 0; v < classes; v++) {
        double logit = parameters[bias + v];
        for (int h = 0; h < width; h++) {
          logit += x[row * width + h] * parameters[weight + h * classes + v];
        }
        exponentials[v] = Math.exp(logit);
        sum += exponentials[v];
      }
      sumOfLosses -= Math.log(exponentials[target] / sum);
      for (int v = 0; v < classes; v++) {
        double d = (exponentials[v] / sum - (v == target ? 1 : 0)) / minibatch.targetCount();
        gradient[bias + v] += d;
        for (int h = 0; h < width; h++) {
          gradient[weight + h * classes + v] += x[row * width + h] * d;
          dx[row * width + h] += parameters[weight + h * classes + v] * d;
        }
      }
    }
    return sumOfLosses;
  }

  /** One LSTM layer; gates in the order i, f, g, o. */
  private final class Lstm {
    private final String scope;
    private final double[] x;
    private final int inputs;
    private final int units;
    private final double[][] gates = new double[4][];
    private final double[] hidden;
    private final double[] cell;

    Lstm(String scope, double[] x, int inputs, int units) {
      this.scope = scope;
      this.x = x;
      this.inputs = inputs;
      this.units = units;
      for (int gate = 0; gate < 4; gate++) {
        gates[gate] = new double[rows * units];
      }
      hidden = new double[(rows + batch) * units];
      cell = new double[(rows + batch) * units];
    }

    double[] forward(int at, List<Backward> backwards) {
      int size = batch * units;
      System.arraycopy(state, at, hidden, 0, size);
      System.arraycopy(state, at + size, cell, 0, size);
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < units; j++) {
          step(row, j);
        }
      }
      System.arraycopy(hidden, rows * units, state, at, size);
      System.arraycopy(cell, rows * units, state, at + size, size);
      backwards.add(this::backward);
      var output = new double[rows * units];
      System.arraycopy(hidden, size, output, 0, output.length);
      return output;
    }

    private void step(int row, int j) {
      int now = row * units + j;
      int after = (row + batch) * units + j;
      for (int gate = 0; gate < 4; gate++) {
        double z = preActivation(row, gate * units + j);
        gates[gate][now] = gate == 2 ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
      }
      cell[after] = gates[1][now] * cell[now] + gates[0][now] * gates[2][now];
      hidden[after] = gates[3][now] * Math.tanh(cell[after]);
    }

    private double preActivation(int row, int column) {
      int width = 4 * units;
      double z = parameters[offset(scope + ".bias") + column];
      int w = offset(scope + ".input_weight") + column;
      for (int k = 0; k < inputs; k++) {
        z += x[row * inputs + k] * parameters[w + k * width];
      }
      int u = offset(scope + ".recurrent_weight") + column;
      for (int k = 0; k < units; k++) {
        z += hidden[row * units + k] * parameters[u + k * width];
      }
      return z;
    }

    private double[] backward(double[] outputGradient) {
      var dx = new double[rows * inputs];
      var dHidden = new double[(rows + batch) * units];
      System.arraycopy(outputGradient, 0, dHidden, batch * units, outputGradient.length);
      var dCell = new double[(rows + batch) * units];
      for (int row = rows - 1; row >= 0; row--) {
        for (int j = 0; j < units; j++) {
          stepBackward(row, j, dHidden, dCell, dx);
        }
      }
      hiddenGradients.add(0, Arrays.copyOfRange(dHidden, batch * units, dHidden.length));
      return dx;
    }

    private void stepBackward(int row, int j, double[] dHidden, double[] dCell, double[] dx) {
      int now = row * units + j;
      int after = (row + batch) * units + j;
      double i = gates[0][now];
      double f = gates[1][now];
      double g = gates[2][now];
      double o = gates[3][now];
      double t = Math.tanh(cell[after]);
      double dh = dHidden[after];
      double dc = dCell[after] + dh * o * (1 - t * t);
      dCell[now] += dc * f;
      double[] dz = {
        dc * g * i * (1 - i),
        dc * cell[now] * f * (1 - f),
        dc * i * (1 - g * g),
        dh * t * o * (1 - o)
      };
      for (int gate = 0; gate < 4; gate++) {
        preActivationBackward(row, gate * units + j, dz[gate], dHidden, dx);
      }
    }

    private void preActivationBackward(
        int row, int column, double dz, double[] dHidden, double[] dx) {
      int width = 4 * units;
      gradient[offset(scope + ".bias") + column] += dz;
      int w = offset(scope + ".input_weight") + column;
      for (int k = 0; k < inputs; k++) {
        gradient[w + k * width] += x[row * inputs + k] * dz;
        dx[row * inputs + k] += parameters[w + k * width] * dz;
      }
      int u = offset(scope + ".recurrent_weight") + column;
      for (int k = 0; k < units; k++) {
        gradient[u + k * width] += hidden[row * units + k] * dz;
        dHidden[row * units + k] += parameters[u + k * width] * dz;
      }
    }
  }
}
