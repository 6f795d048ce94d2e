package org.rondo.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondo.models.heads.crf.ReferenceCrf;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.ParameterLayout;

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
    int dense = 0;
    int stateAt = 0;
    int mask = 0;
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof Embedding e) {
        x = embed(e.units(), backwards);
      } else if (layer instanceof Columns c) {
        x = columns(c, backwards);
      } else if (layer instanceof Values) {
        x = Samples.doubles(minibatch.values());
      } else if (layer instanceof Dropout) {
        x = dropout(x, masks.get(mask++), backwards);
      } else if (layer instanceof Dense d) {
        x = dense(reference("dense." + dense++), x, d, backwards);
      } else if (layer instanceof Recurrent r) {
        var own = reference("recurrent." + recurrent++);
        ReferenceRecurrence cell = ReferenceRecurrence.of(own, x, batch, r.cell());
        x = recur(cell, stateAt, backwards);
        stateAt += cell.stateLength();
      }
      width = layer.width(width);
    }
    var inputGradient = new double[x.length];
    if (spec.targetValues() > 0) {
      loss = regressionHead(x, inputGradient);
    } else if (spec.head().type().equals("crf")) {
      loss = crfHead(x, inputGradient);
    } else {
      loss = softmaxHead(x, width, inputGradient);
    }
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

  private double[] columns(Columns layer, List<Backward> backwards) {
    var columns = new ReferenceColumns(layer, layout, parameters, gradient, minibatch);
    backwards.add(
        dx -> {
          columns.backward(dx);
          return dx;
        });
    return columns.output();
  }

  private ReferenceParameters reference(String scope) {
    return new ReferenceParameters(layout, scope, parameters, gradient);
  }

  private static double[] dense(
      ReferenceParameters own, double[] x, Dense layer, List<Backward> backwards) {
    var dense = new ReferenceDense(own, x, layer.units(), layer.activation());
    backwards.add(dense::backward);
    return dense.forward();
  }

  private double[] recur(ReferenceRecurrence cell, int stateAt, List<Backward> backwards) {
    backwards.add(
        dy -> {
          double[] dx = cell.backward(dy);
          hiddenGradients.add(0, cell.hiddenGradient());
          return dx;
        });
    return cell.forward(state, stateAt);
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

  /** Mean squared errors of a dense layer that is the identity. */
  private double regressionHead(double[] x, double[] dx) {
    int outputs = spec.head().outputs();
    var dense = new ReferenceDense(reference("head"), x, outputs, "identity");
    double[] y = dense.forward();
    var dy = new double[y.length];
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      if (minibatch.targets()[i / outputs] >= 0) {
        double error = y[i] - minibatch.valueTargets()[i];
        sum += error * error / outputs;
        dy[i] = 2 * error / outputs / minibatch.targetCount();
      }
    }
    System.arraycopy(dense.backward(dy), 0, dx, 0, dx.length);
    return sum;
  }

  private double crfHead(double[] x, double[] dx) {
    ReferenceParameters own = reference("head");
    var dense = new ReferenceDense(own, x, spec.head().outputs(), "identity");
    var crf =
        new ReferenceCrf(values("head.transitions"), values("head.start"), values("head.end"));
    double[] emissions = dense.forward();
    var gradient = new double[emissions.length];
    double sum = Arrays.stream(crf.losses(emissions, minibatch, gradient)).sum();
    System.arraycopy(dense.backward(gradient), 0, dx, 0, dx.length);
    add(crf.transitionGradient, "head.transitions");
    add(crf.startGradient, "head.start");
    add(crf.endGradient, "head.end");
    return sum;
  }

  private double[] values(String name) {
    ParameterLayout.Slice slice = layout.slice(name);
    return Arrays.copyOfRange(parameters, slice.offset(), slice.offset() + slice.length());
  }

  private void add(double[] part, String name) {
    for (int i = 0; i < part.length; i++) {
      gradient[offset(name) + i] += part[i];
    }
  }

  private double softmaxHead(double[] x, int width, double[] dx) {
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
}
