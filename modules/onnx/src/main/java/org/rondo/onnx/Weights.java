package org.rondo.onnx;

import java.util.Arrays;
import org.rondo.models.parameters.ParameterLayout;

/** The parameters of a layer by name, cut and turned as ONNX wants them. */
final class Weights {
  private final ParameterLayout layout;
  private final float[] values;
  private final String scope;

  /**
   * @param layout of the network
   * @param values of all its parameters
   * @param scope what the names of the layer's parameters begin with, its dot included
   */
  Weights(ParameterLayout layout, float[] values, String scope) {
    this.layout = layout;
    this.values = values;
    this.scope = scope;
  }

  /** Those of a part of the layer. */
  Weights within(String part) {
    return new Weights(layout, values, scope + part + ".");
  }

  boolean has(String name) {
    return layout.contains(scope + name);
  }

  /** Length of an axis. */
  int size(String name, int axis) {
    return layout.slice(scope + name).shape().get(axis);
  }

  float[] get(String name) {
    ParameterLayout.Slice slice = layout.slice(scope + name);
    return Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length());
  }

  /**
   * A weight {@code (I,G*H)} of G gates side by side as {@code (G*H,I)}, the gates in another
   * order.
   */
  float[] gatesTransposed(String name, int... order) {
    float[] from = get(name);
    int rows = size(name, 0);
    int columns = size(name, 1);
    int units = columns / gates(name, order);
    var to = new float[order.length * units * rows];
    for (int g = 0; g < order.length; g++) {
      for (int j = 0; j < units; j++) {
        for (int i = 0; i < rows; i++) {
          to[(g * units + j) * rows + i] = from[i * columns + order[g] * units + j];
        }
      }
    }
    return to;
  }

  private int gates(String name, int... order) {
    int most = Arrays.stream(order).max().orElseThrow() + 1;
    if (size(name, 1) % most != 0) {
      throw new IllegalStateException(scope + name + " does not hold " + most + " gates");
    }
    return most;
  }

  /** Parts of a vector of equal length, in another order; a negative one is zeros. */
  float[] parts(String name, int length, int... order) {
    float[] from = get(name);
    var to = new float[order.length * length];
    for (int p = 0; p < order.length; p++) {
      if (order[p] >= 0) {
        System.arraycopy(from, order[p] * length, to, p * length, length);
      }
    }
    return to;
  }
}
