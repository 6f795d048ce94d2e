package org.rondo.models;

import org.rondo.models.parameters.ParameterLayout;

/** One layer's parameters in double precision, and the gradients that are added to them. */
final class ReferenceParameters {
  private final ParameterLayout layout;
  private final String scope;
  private final double[] parameters;
  private final double[] gradient;

  /**
   * @param scope of the layer's names
   * @param parameters of the whole network, and so the gradient
   */
  ReferenceParameters(
      ParameterLayout layout, String scope, double[] parameters, double[] gradient) {
    this.layout = layout;
    this.scope = scope;
    this.parameters = parameters;
    this.gradient = gradient;
  }

  /** Rows of a weight matrix: the width of what it is multiplied with. */
  int rows(String weight) {
    return slice(weight).shape().get(0);
  }

  /** One element of a vector. */
  double get(String name, int index) {
    return parameters[slice(name).offset() + index];
  }

  void addGradient(String name, int index, double value) {
    gradient[slice(name).offset() + index] += value;
  }

  /** One element of a row of {@code x} times a weight matrix. */
  double times(String name, double[] x, int row, int column) {
    ParameterLayout.Slice weight = slice(name);
    int width = weight.shape().get(0);
    int columns = weight.shape().get(1);
    double sum = 0;
    for (int k = 0; k < width; k++) {
      sum += x[row * width + k] * parameters[weight.offset() + k * columns + column];
    }
    return sum;
  }

  /** Adds what {@code dy}, the gradient of {@link #times}, means for the weight and for the row. */
  void timesBackward(String name, double[] x, double[] dx, int row, int column, double dy) {
    ParameterLayout.Slice weight = slice(name);
    int width = weight.shape().get(0);
    int columns = weight.shape().get(1);
    for (int k = 0; k < width; k++) {
      int at = weight.offset() + k * columns + column;
      gradient[at] += x[row * width + k] * dy;
      dx[row * width + k] += parameters[at] * dy;
    }
  }

  private ParameterLayout.Slice slice(String name) {
    return layout.slice(scope + "." + name);
  }
}
