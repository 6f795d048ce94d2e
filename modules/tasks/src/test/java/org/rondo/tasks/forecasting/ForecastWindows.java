package org.rondo.tasks.forecasting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;

/** Windows of four steps and a horizon of two, for tests of the task. */
final class ForecastWindows {
  static final ForecastingTask TASK = new ForecastingTask();

  private ForecastWindows() {}

  static TaskSettings settings(String... changes) {
    var all = new String[changes.length + 4];
    System.arraycopy(new String[] {"horizon", "2", "input_size", "4"}, 0, all, 0, 4);
    System.arraycopy(changes, 0, all, 4, changes.length);
    return TaskKeys.of(TASK, all);
  }

  static double[] statistics(double[]... channels) {
    var all = new double[channels.length * SeriesStatistics.FIELDS];
    for (int c = 0; c < channels.length; c++) {
      SeriesStatistics.of(channels[c], 1).write(all, c);
    }
    return all;
  }

  static Example window(
      String id, List<String> channels, double[] history, double[] future, double[] statistics) {
    var values = new HashMap<String, Object>();
    values.put(WindowPlan.ID, id);
    values.put(WindowPlan.CUTOFF, "4");
    values.put(WindowPlan.CHANNELS, channels);
    values.put(WindowPlan.HISTORY, history);
    values.put(WindowPlan.CALENDAR, new double[0]);
    values.put(WindowPlan.FUTURE, future);
    values.put(WindowPlan.STATISTICS, statistics);
    values.put(WindowPlan.TALLY, new double[0]);
    return new Example("row id = " + id, withoutOthers(values));
  }

  static Map<String, Object> withoutOthers(Map<String, Object> values) {
    for (String role :
        List.of(WindowPlan.EXOGENOUS, WindowPlan.STATIC, WindowPlan.EXOGENOUS_STATISTICS)) {
      values.putIfAbsent(role, new double[0]);
    }
    return values;
  }

  /** Mean 10, deviation 2, errors of the naive forecast 4. */
  static final double[] TENS = statistics(new double[] {8, 12, 8, 12});

  static Example tens(String id) {
    return window(id, List.of("y"), new double[] {8, 12, 14, 6}, new double[] {10, 8}, TENS);
  }

  static Features fitted(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    for (Example row : rows) {
      fitting.add(row);
    }
    return TASK.features(fitting.features().toJson());
  }
}
