package org.rondo.evaluation.anomalies;

import java.util.Arrays;
import org.rondo.kernels.ValueException;

/**
 * A quantile of the last values of a stream, between the two that are next to it, linearly. A value
 * costs one move within a sorted array.
 */
public final class RunningQuantile {
  private final double level;

  /** In the order in which they came, from {@code position} on, once it is full. */
  private final double[] ring;

  private final double[] sorted;
  private int count;
  private int position;

  /**
   * Of no value yet.
   *
   * @param length values that are remembered
   * @param level from 0 to 1
   * @throws ValueException if one of these is out of range
   */
  public RunningQuantile(int length, double level) {
    ValueException.unless(length >= 1, "length", length, "must be at least 1");
    ValueException.unless(level >= 0 && level <= 1, "level", level, "must be from 0 to 1");
    this.level = level;
    ring = new double[length];
    sorted = new double[length];
  }

  /** Numbers that {@link #write} needs for so many values. */
  public static int memory(int length) {
    return length + 2;
  }

  /** Takes a value in, and drops the oldest if there are as many as are remembered. */
  public void push(double value) {
    if (count == ring.length) {
      int dropped = place(ring[position]);
      System.arraycopy(sorted, dropped + 1, sorted, dropped, count - dropped - 1);
      count--;
    }
    int place = place(value);
    System.arraycopy(sorted, place, sorted, place + 1, count - place);
    sorted[place] = value;
    count++;
    ring[position] = value;
    position = (position + 1) % ring.length;
  }

  /** Where a value stands among the sorted ones, or is to stand. */
  private int place(double value) {
    int found = Arrays.binarySearch(sorted, 0, count, value);
    return found < 0 ? -found - 1 : found;
  }

  /** The quantile; NaN of no value. */
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    double place = level * (count - 1);
    int below = (int) place;
    int above = Math.min(below + 1, count - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Writes everything that decides later quantiles.
   *
   * @param memory has room for {@link #memory} numbers from there on
   */
  public void write(double[] memory, int at) {
    memory[at] = count;
    memory[at + 1] = position;
    System.arraycopy(ring, 0, memory, at + 2, ring.length);
  }

  /** Goes on from what an equal quantile wrote, or from zeros as from no value. */
  public void read(double[] memory, int at) {
    count = (int) memory[at];
    position = (int) memory[at + 1];
    System.arraycopy(memory, at + 2, ring, 0, ring.length);
    System.arraycopy(ring, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
  }
}
