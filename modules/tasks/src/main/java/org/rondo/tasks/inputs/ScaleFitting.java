package org.rondo.tasks.inputs;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and deviation of each of F numbers, updated one by one (Welford 1962) and merged part by
 * part (Chan, Golub and LeVeque 1979): no sum of squares loses what a large mean leaves of them.
 */
public final class ScaleFitting implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;

  /** {@code (F)}. */
  private double[] means;

  /** {@code (F)}: sums of squared differences from the mean. */
  private double[] squares;

  /** Of F numbers each time. */
  public ScaleFitting(int width) {
    means = new double[width];
    squares = new double[width];
  }

  /** F. */
  public int width() {
    return means.length;
  }

  /** How often numbers were taken in. */
  public long count() {
    return count;
  }

  /**
   * Takes in numbers.
   *
   * @param values {@code (F)}, finite
   */
  public void add(double[] values) {
    count++;
    for (int f = 0; f < means.length; f++) {
      addOne(f, values[f]);
    }
  }

  /** As {@link #add(double[])}. */
  public void add(float[] values) {
    count++;
    for (int f = 0; f < means.length; f++) {
      addOne(f, values[f]);
    }
  }

  private void addOne(int f, double value) {
    double difference = value - means[f];
    means[f] += difference / count;
    squares[f] += difference * (value - means[f]);
  }

  /** Takes in what a later part gathered, of as many numbers. */
  public void merge(ScaleFitting next) {
    if (next.count == 0) {
      return;
    }
    if (count == 0) {
      means = next.means.clone();
      squares = next.squares.clone();
      count = next.count;
      return;
    }
    long total = count + next.count;
    for (int f = 0; f < means.length; f++) {
      double difference = next.means[f] - means[f];
      means[f] += difference * next.count / total;
      squares[f] += next.squares[f] + difference * difference * count / total * next.count;
    }
    count = total;
  }

  /** Whether number f was the same each time. */
  public boolean isConstant(int f) {
    return squares[f] == 0;
  }

  /** Which give every number the mean 0 and the deviation 1; one that is constant becomes 0. */
  public List<Scale> scales() {
    var scales = new ArrayList<Scale>();
    for (int f = 0; f < means.length; f++) {
      double deviation = StrictMath.sqrt(squares[f] / count);
      scales.add(new Scale(means[f], deviation > 0 ? deviation : 1));
    }
    return scales;
  }
}
