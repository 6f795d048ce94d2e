package org.rondo.evaluation.forecasts;

/** Squared distance of numbers from their mean, by their sums. */
final class Spread {
  /** What rounding leaves of equal numbers is no spread. */
  private static final double NOTHING = 1e-12;

  private Spread() {}

  /** {@code sum x^2 - (sum x)^2 / n}; 0 if it is no more than rounding. */
  static double of(double n, double sum, double squares) {
    double spread = squares - sum * sum / n;
    return spread > NOTHING * squares ? spread : 0;
  }
}
