package org.rondo.tasks;

import java.util.Arrays;

/**
 * Numbers of one channel over the training steps of a series.
 *
 * @param mean of the values
 * @param deviation root of their mean squared distance from it
 * @param minimum of the values
 * @param maximum of the values
 * @param median of the values
 * @param quartiles distance of the upper quartile from the lower
 * @param naiveError mean absolute difference of values that are a lag apart; 0 where there are none
 * @param count values
 */
public record SeriesStatistics(
    double mean,
    double deviation,
    double minimum,
    double maximum,
    double median,
    double quartiles,
    double naiveError,
    double count) {
  /** Numbers of one channel in a row of them. */
  public static final int FIELDS = 8;

  /**
   * Of values in the order of time.
   *
   * @param values at least one
   * @param lag of the naive forecast
   */
  public static SeriesStatistics of(double[] values, int lag) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double differences = 0;
    for (int t = lag; t < values.length; t++) {
      differences += Math.abs(values[t] - values[t - lag]);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int pairs = values.length - lag;
    boolean constant = isConstant(sorted[0], sorted[sorted.length - 1]);
    return new SeriesStatistics(
        constant ? sorted[0] : mean,
        constant ? 0 : Math.sqrt(squares / values.length),
        sorted[0],
        sorted[sorted.length - 1],
        quantile(sorted, 0.5),
        quantile(sorted, 0.75) - quantile(sorted, 0.25),
        pairs > 0 ? differences / pairs : 0,
        values.length);
  }

  /**
   * Whether all values are the same, or so near each other that a float, in which networks compute,
   * is no unit for their distances.
   */
  public boolean isConstant() {
    return isConstant(minimum, maximum);
  }

  /** Whether values from a minimum to a maximum are. */
  public static boolean isConstant(double minimum, double maximum) {
    return maximum - minimum < Float.MIN_NORMAL;
  }

  /** Between the two values that are next to it, linearly. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Writes the numbers of channel c into those of all. */
  public void write(double[] all, int c) {
    double[] own = {
      mean, deviation, minimum, maximum, median, quartiles, naiveError, count,
    };
    System.arraycopy(own, 0, all, c * FIELDS, FIELDS);
  }

  /** Those of channel c. */
  public static SeriesStatistics read(double[] all, int c) {
    int at = c * FIELDS;
    return new SeriesStatistics(
        all[at],
        all[at + 1],
        all[at + 2],
        all[at + 3],
        all[at + 4],
        all[at + 5],
        all[at + 6],
        all[at + 7]);
  }
}
