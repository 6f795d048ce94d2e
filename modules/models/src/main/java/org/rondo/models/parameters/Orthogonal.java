package org.rondo.models.parameters;

import java.util.Arrays;
import org.rondo.kernels.CounterRandom;

/** Random orthogonal matrices, uniform over the orthogonal group. */
final class Orthogonal {
  private Orthogonal() {}

  /**
   * The Q of a Gaussian matrix by the modified Gram-Schmidt process, in double. Its columns are
   * made orthogonal from left to right; each finished column is at once taken out of all columns to
   * its right, so that the inner loops run along rows.
   *
   * @see <a href="https://doi.org/10.1137/0717034">Stewart 1980</a> on why Q is uniform
   */
  static double[][] matrix(int size, CounterRandom random) {
    var q = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        q[row][column] = random.gaussian((long) row * size + column);
      }
    }
    var projections = new double[size];
    for (int k = 0; k < size; k++) {
      normalizeColumn(q, k);
      project(q, k, projections);
      for (double[] row : q) {
        subtract(row, row[k], projections, k + 1);
      }
    }
    return q;
  }

  private static void normalizeColumn(double[][] q, int k) {
    double squares = 0;
    for (double[] row : q) {
      squares += row[k] * row[k];
    }
    double norm = Math.sqrt(squares);
    for (double[] row : q) {
      row[k] /= norm;
    }
  }

  /** The products of column k with every column to its right. */
  private static void project(double[][] q, int k, double[] projections) {
    Arrays.fill(projections, 0);
    for (double[] row : q) {
      subtract(projections, -row[k], row, k + 1);
    }
  }

  private static void subtract(double[] from, double factor, double[] what, int start) {
    for (int i = start; i < from.length; i++) {
      from[i] -= factor * what[i];
    }
  }
}
