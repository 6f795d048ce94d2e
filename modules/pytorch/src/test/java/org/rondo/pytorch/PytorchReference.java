package org.rondo.pytorch;

import java.util.Map;

/**
 * The equations in the documentation of {@code torch.nn.LSTM}, {@code GRU} and {@code RNN}, one
 * number after the other in double, on tensors by their names there.
 */
final class PytorchReference {
  private final String kind;
  private final int units;
  private final Map<String, float[]> tensors;

  /**
   * @param kind LSTM, GRU, RNN_TANH or RNN_RELU
   * @param units hidden_size
   */
  PytorchReference(String kind, int units, Map<String, float[]> tensors) {
    this.kind = kind;
    this.units = units;
    this.tensors = tensors;
  }

  /** All layers of the module {@code rnn} over one sequence {@code (T,I)}. */
  double[][] rnn(double[][] sequence) {
    double[][] signal = sequence;
    for (int layer = 0; tensors.containsKey("rnn.weight_ih_l" + layer); layer++) {
      double[][] forward = direction(signal, "_l" + layer, false);
      String reverse = "_l" + layer + "_reverse";
      signal =
          tensors.containsKey("rnn.weight_ih" + reverse)
              ? sideBySide(forward, direction(signal, reverse, true))
              : forward;
    }
    return signal;
  }

  /** {@code y = x A^T + b}. */
  double[] linear(String module, double[] x) {
    return sum(product(tensors.get(module + ".weight"), x), tensors.get(module + ".bias"));
  }

  private static double[][] sideBySide(double[][] left, double[][] right) {
    var both = new double[left.length][];
    for (int t = 0; t < left.length; t++) {
      both[t] = new double[left[t].length + right[t].length];
      System.arraycopy(left[t], 0, both[t], 0, left[t].length);
      System.arraycopy(right[t], 0, both[t], left[t].length, right[t].length);
    }
    return both;
  }

  private double[][] direction(double[][] sequence, String suffix, boolean reverse) {
    float[] projection = tensors.get("rnn.weight_hr" + suffix);
    var output = new double[sequence.length][];
    var h = new double[projection == null ? units : projection.length / units];
    var c = new double[units];
    for (int i = 0; i < sequence.length; i++) {
      int t = reverse ? sequence.length - 1 - i : i;
      double[] x =
          sum(
              product(tensors.get("rnn.weight_ih" + suffix), sequence[t]),
              tensors.get("rnn.bias_ih" + suffix));
      double[] s =
          sum(
              product(tensors.get("rnn.weight_hh" + suffix), h),
              tensors.get("rnn.bias_hh" + suffix));
      double[] next = step(x, s, h, c);
      h = projection == null ? next : product(projection, next);
      output[t] = h;
    }
    return output;
  }

  private double[] step(double[] x, double[] s, double[] h, double[] c) {
    var next = new double[units];
    for (int j = 0; j < units; j++) {
      next[j] =
          switch (kind) {
            case "LSTM" -> {
              double i = sigmoid(x[j] + s[j]);
              double f = sigmoid(x[units + j] + s[units + j]);
              double g = Math.tanh(x[2 * units + j] + s[2 * units + j]);
              double o = sigmoid(x[3 * units + j] + s[3 * units + j]);
              c[j] = f * c[j] + i * g;
              yield o * Math.tanh(c[j]);
            }
            case "GRU" -> {
              double r = sigmoid(x[j] + s[j]);
              double z = sigmoid(x[units + j] + s[units + j]);
              double n = Math.tanh(x[2 * units + j] + r * s[2 * units + j]);
              yield (1 - z) * n + z * h[j];
            }
            case "RNN_RELU" -> Math.max(0, x[j] + s[j]);
            default -> Math.tanh(x[j] + s[j]);
          };
    }
    return next;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** W x with W row-major, {@code (O,I)}. */
  private static double[] product(float[] weight, double[] x) {
    var y = new double[weight.length / x.length];
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] sum(double[] y, float[] bias) {
    for (int o = 0; o < y.length; o++) {
      y[o] += bias[o];
    }
    return y;
  }
}
