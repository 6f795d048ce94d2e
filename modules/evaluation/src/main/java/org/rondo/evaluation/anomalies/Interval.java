package org.rondo.evaluation.anomalies;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Steps of a series, from the first to the last, both included.
 *
 * @param first step, from 0
 * @param last step, not before the first
 */
public record Interval(int first, int last) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the first step is negative or behind the last
   */
  public Interval {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "an interval needs 0 <= first <= last, got %d and %d", first, last));
    }
  }

  /** Number of steps. */
  public int length() {
    return last - first + 1;
  }

  /** Whether the step is one of the interval. */
  public boolean contains(int step) {
    return first <= step && step <= last;
  }

  /** The longest intervals of flagged steps, in the order of time. */
  public static List<Interval> runs(boolean[] flags) {
    var runs = new ArrayList<Interval>();
    int first = -1;
    for (int i = 0; i <= flags.length; i++) {
      boolean flagged = i < flags.length && flags[i];
      if (flagged && first < 0) {
        first = i;
      } else if (!flagged && first >= 0) {
        runs.add(new Interval(first, i - 1));
        first = -1;
      }
    }
    return List.copyOf(runs);
  }

  /**
   * Checks that labelled intervals fit a series.
   *
   * @param intervals of the series
   * @param steps of the series
   * @throws IllegalArgumentException if they overlap, are not in the order of time or end behind
   *     the series
   */
  static void requireLabels(List<Interval> intervals, int steps) {
    int end = -1;
    for (Interval interval : intervals) {
      if (interval.first <= end || interval.last >= steps) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "labelled intervals must be apart, in the order of time and within %d steps, got %s",
                steps,
                intervals));
      }
      end = interval.last;
    }
  }
}
