package org.rondo.models.heads.decoder;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.models.HeadSpec;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.Parameters;

/**
 * A {@link DecoderHead} in double precision, one number and one sequence at a time, forward only:
 * gradients are differences of its loss.
 */
final class ReferenceDecoder {
  /** The values of each parameter, and the encoder's outputs: those that a test moves. */
  final Map<String, double[]> values = new HashMap<>();

  /** {@code [b][t][D]}. */
  final double[][][] outputs;

  private final Map<String, List<Integer>> shapes = new HashMap<>();
  private final DecoderPlan plan;
  private final int classes;

  ReferenceDecoder(HeadSpec spec, Parameters parameters, double[][][] outputs) {
    this.outputs = outputs;
    this.classes = spec.outputs();
    this.plan = DecoderPlan.of(spec, outputs[0][0].length);
    for (ParameterLayout.Slice slice : parameters.layout().slices()) {
      float[] floats = parameters.slice(slice.name()).toArray();
      var doubles = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        doubles[i] = floats[i];
      }
      values.put(slice.name(), doubles);
      shapes.put(slice.name(), slice.shape());
    }
  }

  /** Of the labels of a sequence, the end among them. */
  double loss(int b, int[] labels) {
    return loss(b, labels, 0);
  }

  /** The loss of a sequence's labels, smoothed. */
  double loss(int b, int[] labels, double smoothing) {
    return loss(logProbabilities(b, labels), labels, smoothing);
  }

  private static double loss(double[][] logs, int[] labels, double smoothing) {
    double loss = 0;
    for (int u = 0; u < labels.length; u++) {
      loss -= (1 - smoothing) * logs[u][labels[u]];
      loss -= smoothing * Arrays.stream(logs[u]).average().orElseThrow();
    }
    return loss;
  }

  /**
   * The same, where other labels stood before each one.
   *
   * @param before the first of which is the end
   */
  double loss(int b, int[] labels, int[] before, double smoothing) {
    double[][] logs = logProbabilities(b, Arrays.copyOfRange(before, 1, before.length));
    return loss(logs, labels, smoothing);
  }

  /**
   * {@code [u][V]}: of each label, given those before it; the last row is of the one behind all.
   */
  double[][] logProbabilities(int b, int[] labels) {
    return run(b, labels, false);
  }

  /** {@code [u][T]}. */
  double[][] attention(int b, int[] labels) {
    return run(b, labels, true);
  }

  private double[][] run(int b, int[] labels, boolean wantsAttention) {
    double[][] memory = outputs[b];
    double[][] state = firstState(memory);
    int slots = state.length / plan.layers();
    var fed = new double[plan.units()];
    var logs = new double[labels.length + 1][];
    var attention = new double[labels.length + 1][];
    for (int u = 0; u <= labels.length; u++) {
      double[] input = row("embedding.weight", u == 0 ? classes - 1 : labels[u - 1]);
      for (int layer = 0; layer < plan.layers(); layer++) {
        String scope = "layer." + layer + ".";
        double[] sum = times(input, scope + "input_weight");
        if (layer == 0 && plan.inputFeeding()) {
          add(sum, times(fed, scope + "feed_weight"));
        }
        input = cell(scope, sum, state, layer * slots);
      }
      attention[u] = weights(input, memory);
      double[] z = times(context(attention[u], memory), "output.context_weight");
      add(z, times(input, "output.state_weight"));
      add(z, values.get("output.bias"));
      for (int j = 0; j < z.length; j++) {
        fed[j] = Math.tanh(z[j]);
      }
      logs[u] = plan.tied() ? timesTransposed(fed, "embedding.weight") : times(fed, "weight");
      add(logs[u], values.get("bias"));
      toLogSoftmax(logs[u]);
    }
    return wantsAttention ? attention : logs;
  }

  private double[][] firstState(double[][] memory) {
    var mean = new double[memory[0].length];
    for (double[] step : memory) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += step[j] / memory.length;
      }
    }
    double[] all = times(mean, "first.weight");
    add(all, values.get("first.bias"));
    List<Integer> widths = plan.stateWidths();
    var state = new double[widths.size()][];
    int at = 0;
    for (int slot = 0; slot < state.length; slot++) {
      state[slot] = new double[widths.get(slot)];
      for (int j = 0; j < state[slot].length; j++) {
        state[slot][j] = Math.tanh(all[at++]);
      }
    }
    return state;
  }

  /** Replaces the state by that after the step; its h is the first slot. */
  private double[] cell(String scope, double[] x, double[][] state, int slot) {
    double[] hidden = state[slot];
    double[] h = times(hidden, scope + "recurrent_weight");
    double[] bias = values.get(scope + "bias");
    int units = hidden.length;
    var after = new double[units];
    for (int j = 0; j < units; j++) {
      switch (plan.cell().name()) {
        case "lstm" -> {
          double i = sigmoid(x[j] + h[j] + bias[j]);
          double f = sigmoid(x[units + j] + h[units + j] + bias[units + j]);
          double g = Math.tanh(x[2 * units + j] + h[2 * units + j] + bias[2 * units + j]);
          double o = sigmoid(x[3 * units + j] + h[3 * units + j] + bias[3 * units + j]);
          state[slot + 1][j] = f * state[slot + 1][j] + i * g;
          after[j] = o * Math.tanh(state[slot + 1][j]);
        }
        case "gru" -> {
          double r = sigmoid(x[j] + h[j] + bias[j]);
          double z = sigmoid(x[units + j] + h[units + j] + bias[units + j]);
          double reset = r * (h[2 * units + j] + bias[3 * units + j]);
          double n = Math.tanh(x[2 * units + j] + bias[2 * units + j] + reset);
          after[j] = (1 - z) * n + z * hidden[j];
        }
        default -> after[j] = Math.tanh(x[j] + h[j] + bias[j]);
      }
    }
    state[slot] = after;
    return after;
  }

  private double[] weights(double[] hidden, double[][] memory) {
    var scores = new double[memory.length];
    for (int t = 0; t < scores.length; t++) {
      switch (plan.attention()) {
        case DOT -> scores[t] = dot(hidden, memory[t]);
        case GENERAL -> scores[t] = dot(hidden, times(memory[t], "attention.key_weight"));
        default -> {
          double[] z = times(memory[t], "attention.key_weight");
          add(z, times(hidden, "attention.query_weight"));
          for (int j = 0; j < z.length; j++) {
            scores[t] += Math.tanh(z[j]) * values.get("attention.score_vector")[j];
          }
        }
      }
    }
    toLogSoftmax(scores);
    for (int t = 0; t < scores.length; t++) {
      scores[t] = Math.exp(scores[t]);
    }
    return scores;
  }

  private static double[] context(double[] weights, double[][] memory) {
    var context = new double[memory[0].length];
    for (int t = 0; t < weights.length; t++) {
      for (int j = 0; j < context.length; j++) {
        context[j] += weights[t] * memory[t][j];
      }
    }
    return context;
  }

  private double[] row(String name, int row) {
    int width = shapes.get(name).get(1);
    var copy = new double[width];
    System.arraycopy(values.get(name), row * width, copy, 0, width);
    return copy;
  }

  /** {@code x W}. */
  private double[] times(double[] x, String name) {
    int columns = shapes.get(name).get(1);
    double[] weight = values.get(name);
    var y = new double[columns];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        y[j] += x[i] * weight[i * columns + j];
      }
    }
    return y;
  }

  /** {@code x W'}. */
  private double[] timesTransposed(double[] x, String name) {
    var y = new double[shapes.get(name).get(0)];
    for (int i = 0; i < y.length; i++) {
      y[i] = dot(x, row(name, i));
    }
    return y;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static void add(double[] to, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }

  private static void toLogSoftmax(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += Math.exp(each);
    }
    for (int i = 0; i < x.length; i++) {
      x[i] -= Math.log(sum);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
