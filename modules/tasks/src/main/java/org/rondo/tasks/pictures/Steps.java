package org.rondo.tasks.pictures;

import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.ValueException;

/**
 * Which steps of a series are drawn: {@code first, first + every, ...}. A series of more than
 * {@value #MOST} steps is thinned to the least and the largest value of equal parts, so that no
 * peak is lost.
 *
 * @param first number of the first step
 * @param every steps from one value to the next
 * @param count values
 */
public record Steps(int first, int every, int count) {
  static final int MOST = 1000;

  /** Checks the numbers. */
  public Steps {
    ValueException.unlessWithin("every", every, 1, Integer.MAX_VALUE);
    ValueException.unlessWithin("count", count, 1, MOST);
  }

  /**
   * Of a series.
   *
   * @param first number of its first step
   * @param length its steps, at least 1
   */
  public static Steps of(int first, int length) {
    int every = (length + MOST - 1) / MOST;
    return new Steps(first, every, (length + every - 1) / every);
  }

  /**
   * The values that are drawn.
   *
   * @param values one for each step of the series
   * @return {@code count()} values; null where one is no finite number
   */
  List<Float> thinned(double[] values) {
    var drawn = new ArrayList<Float>(count);
    if (every == 1) {
      for (double value : values) {
        drawn.add(finite(value));
      }
      return drawn;
    }
    for (int i = 0; i < count; i += 2) {
      int from = i * every;
      int to = Math.min(values.length, from + 2 * every);
      double least = Double.NaN;
      double largest = Double.NaN;
      for (int t = from; t < to; t++) {
        if (Double.isFinite(values[t])) {
          least = values[t] >= least ? least : values[t];
          largest = values[t] <= largest ? largest : values[t];
        }
      }
      drawn.add(finite(least));
      if (i + 1 < count) {
        drawn.add(finite(largest));
      }
    }
    return drawn;
  }

  private static Float finite(double value) {
    return Float.isFinite((float) value) ? (Float) (float) value : null;
  }
}
