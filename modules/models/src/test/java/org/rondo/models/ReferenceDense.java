package org.rondo.models;

import org.rondo.models.layers.Dense;

/** {@link Dense} in double precision. */
final class ReferenceDense {
  private final ReferenceParameters parameters;
  private final double[] x;
  private final int units;
  private final String activation;
  private final double[] y;

  /**
   * @param x {@code (rows,X)}
   */
  ReferenceDense(ReferenceParameters parameters, double[] x, int units, String activation) {
    this.parameters = parameters;
    this.x = x;
    this.units = units;
    this.activation = activation;
    this.y = new double[x.length / parameters.rows("weight") * units];
  }

  double[] forward() {
    for (int i = 0; i < y.length; i++) {
      double z = parameters.get("bias", i % units);
      z += parameters.times("weight", x, i / units, i % units);
      y[i] =
          switch (activation) {
            case "identity" -> z;
            case "tanh" -> Math.tanh(z);
            case "relu" -> Math.max(z, 0);
            case "sigmoid" -> 1 / (1 + Math.exp(-z));
            default -> throw new IllegalArgumentException(activation);
          };
    }
    return y;
  }

  double[] backward(double[] dy) {
    var dx = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      double slope =
          switch (activation) {
            case "identity" -> 1;
            case "tanh" -> 1 - y[i] * y[i];
            case "relu" -> Math.signum(y[i]);
            case "sigmoid" -> y[i] * (1 - y[i]);
            default -> throw new IllegalArgumentException(activation);
          };
      double dz = dy[i] * slope;
      parameters.addGradient("bias", i % units, dz);
      parameters.timesBackward("weight", x, dx, i / units, i % units, dz);
    }
    return dx;
  }
}
