package org.rondo.serving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.tasks.Example;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.WindowPlan;

/**
 * A window of a series as a service has it: the values of its channels and no more. What training
 * reads beside them is put there, so that a window of a series that was trained on is predicted as
 * by a Spark ML model, bit for bit.
 */
final class WindowRow {
  private static final double[] NONE = {};
  private static final Map<String, Object> ABSENT =
      Map.of(
          WindowPlan.ID, "",
          WindowPlan.CUTOFF, "",
          WindowPlan.CALENDAR, NONE,
          WindowPlan.EXOGENOUS, NONE,
          WindowPlan.STATIC, NONE,
          WindowPlan.EXOGENOUS_STATISTICS, NONE,
          WindowPlan.TALLY, NONE);

  private WindowRow() {}

  /**
   * A row with every column of a window.
   *
   * @param given {@code channels} and {@code history} at least, {@code (T,C)} numbers step by step
   * @param plan how the training windows were cut
   * @return {@code given}, without {@link SeriesStatistics} those of its own steps, which scale a
   *     series that is new to the model
   */
  static Map<String, Object> of(Map<String, ?> given, WindowPlan plan) {
    var row = new HashMap<String, Object>(ABSENT);
    row.putAll(given);
    if (!row.containsKey(WindowPlan.STATISTICS)) {
      var steps = new Example("row", given);
      row.put(
          WindowPlan.STATISTICS,
          statistics(
              steps.tokens(WindowPlan.CHANNELS), steps.numbers(WindowPlan.HISTORY), plan.lag()));
    }
    return row;
  }

  private static double[] statistics(List<String> channels, double[] history, int lag) {
    int width = channels.size();
    var statistics = new double[width * SeriesStatistics.FIELDS];
    if (width == 0 || history.length < width) {
      return statistics; // the task refuses such a row
    }
    for (int c = 0; c < width; c++) {
      var values = new double[history.length / width];
      for (int t = 0; t < values.length; t++) {
        values[t] = history[t * width + c];
      }
      SeriesStatistics.of(values, lag).write(statistics, c);
    }
    return statistics;
  }
}
