package org.rondo.evaluation.anomalies;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.rondo.kernels.ValueException;

/**
 * Mean and variance of the last values of a stream, in constant memory and, amortised, in constant
 * time. Sums are kept of the distances from a value near the mean, so that variances small beside
 * the mean keep their digits. They are formed anew each time the ring has been filled, so that
 * rounding errors do not grow with the stream, and when the distances have grown large beside the
 * deviations, since an outlier has dropped out or the mean has moved away. Equal values have
 * exactly their value as mean, and no deviation.
 */
public final class MovingMoments {
  private static final double DIGITS_LOST = 1e-8;

  private final double[] ring;
  private int count;
  private int position;
  private double centre;
  private double sum;
  private double squares;
  private double largestSquares;

  /**
   * Moments of no value yet.
   *
   * @param length values that are remembered
   * @throws ValueException if it is not positive
   */
  public MovingMoments(int length) {
    ValueException.unless(length >= 1, "length", length, "must be at least 1");
    ring = new double[length];
  }

  /** Numbers that {@link #write} needs for so many values. */
  public static int memory(int length) {
    return length + 6;
  }

  /** As many as these need. */
  int memory() {
    return memory(ring.length);
  }

  /**
   * Writes everything that decides later moments.
   *
   * @param memory has room for {@link #memory} numbers from there on
   */
  public void write(double[] memory, int at) {
    double[] numbers = {count, position, centre, sum, squares, largestSquares};
    System.arraycopy(numbers, 0, memory, at, numbers.length);
    System.arraycopy(ring, 0, memory, at + numbers.length, ring.length);
  }

  /** Goes on from what moments of the same length wrote, or from zeros as from no value. */
  public void read(double[] memory, int at) {
    count = (int) memory[at];
    position = (int) memory[at + 1];
    centre = memory[at + 2];
    sum = memory[at + 3];
    squares = memory[at + 4];
    largestSquares = memory[at + 5];
    System.arraycopy(memory, at + 6, ring, 0, ring.length);
  }

  /** Takes a value in, and drops the oldest if the ring is full. */
  public void push(double value) {
    if (count == 0) {
      centre = value;
    }
    if (full()) {
      add(ring[position], -1);
    } else {
      count++;
    }
    ring[position] = value;
    add(value, 1);
    largestSquares = Math.max(largestSquares, squares);
    position++;
    boolean filled = position == ring.length;
    position %= ring.length;
    if (filled || (full() && squaredDeviations() < DIGITS_LOST * largestSquares)) {
      sumAnew();
    }
  }

  private void sumAnew() {
    DoubleSummaryStatistics values = Arrays.stream(ring).summaryStatistics();
    centre = Math.max(values.getMin(), Math.min(values.getMax(), values.getAverage()));
    sum = 0;
    squares = 0;
    for (double value : ring) {
      add(value, 1);
    }
    largestSquares = squares;
  }

  private void add(double value, int sign) {
    double distance = value - centre;
    sum += sign * distance;
    squares += sign * distance * distance;
  }

  /** Whether the next value drops one. */
  public boolean full() {
    return count == ring.length;
  }

  /** Number of values that are remembered. */
  public int count() {
    return count;
  }

  /** Mean of the remembered values; NaN of none. */
  public double mean() {
    return centre + sum / count;
  }

  /** Sum of the squared distances of the remembered values from their mean; NaN of none. */
  public double squaredDeviations() {
    return Math.max(0, squares - sum * sum / count);
  }
}
