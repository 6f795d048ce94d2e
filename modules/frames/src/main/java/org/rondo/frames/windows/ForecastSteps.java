package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.rondo.evaluation.forecasts.IntervalLevels;
import org.rondo.tasks.WindowPlan;

/** A row for each step of each channel of a predicted window. */
final class ForecastSteps implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Columns of a window that nothing reads once it is predicted. */
  static final String[] UNREAD = {
    WindowPlan.CALENDAR,
    WindowPlan.STATISTICS,
    WindowPlan.TALLY,
    WindowPlan.EXOGENOUS,
    WindowPlan.STATIC,
    WindowPlan.EXOGENOUS_STATISTICS,
  };

  static final String FORECAST = "forecast";
  static final String UNIT = "unit";
  static final String REJECTED = "rejected";

  /**
   * Whether it is known what came. Then the number of the window, its cutoff, the value and what
   * others than the network say of it are told.
   */
  enum Truth {
    UNKNOWN,
    KNOWN
  }

  private final List<Integer> learned;
  private final TreeMap<Integer, List<Double>> errors;
  private final Truth truth;
  private final int season;

  /**
   * @param learned levels of intervals in the columns of a window
   * @param errors of further levels: {@code (h)} scaled sizes
   * @param season steps of it; 0 where there is none
   */
  ForecastSteps(
      List<Integer> learned, SortedMap<Integer, List<Double>> errors, Truth truth, int season) {
    this.learned = learned;
    this.errors = new TreeMap<>(errors);
    this.truth = truth;
    this.season = season;
  }

  /** Of the rows. */
  StructType schema() {
    var levels = new ArrayList<Integer>(learned);
    levels.addAll(errors.keySet());
    DataType number = DataTypes.DoubleType;
    StructType schema =
        new StructType().add("unique_id", DataTypes.StringType).add("target", DataTypes.StringType);
    if (truth != Truth.UNKNOWN) {
      schema =
          schema
              .add(WindowSchema.WINDOW, DataTypes.IntegerType)
              .add(WindowPlan.CUTOFF, DataTypes.StringType);
    }
    schema =
        schema
            .add("ds", DataTypes.StringType)
            .add("step", DataTypes.IntegerType)
            .add(FORECAST, number);
    for (int level : levels) {
      schema = schema.add(IntervalLevels.lower(level), number);
      schema = schema.add(IntervalLevels.upper(level), number);
    }
    if (truth != Truth.UNKNOWN) {
      schema = schema.add("y", number).add("naive", number);
    }
    if (truth != Truth.UNKNOWN && season > 0) {
      schema = schema.add("seasonal_naive", number);
    }
    return schema.add(REJECTED, DataTypes.StringType);
  }

  /** Those of a window. */
  Iterator<Row> of(Row window) {
    String rejected = window.getAs(REJECTED);
    if (rejected != null) {
      return List.of(refused(window.getAs(WindowPlan.ID), rejected)).iterator();
    }
    var rows = new ArrayList<Row>();
    List<String> channels = list(window, WindowPlan.CHANNELS);
    List<String> times = list(window, WindowSchema.TIMES);
    for (int c = 0; c < channels.size(); c++) {
      for (int k = 0; k < times.size(); k++) {
        var cells = new ArrayList<Object>();
        cells.add(window.getAs(WindowPlan.ID));
        cells.add(channels.get(c));
        if (truth != Truth.UNKNOWN) {
          cells.add(window.getAs(WindowSchema.WINDOW));
          cells.add(window.getAs(WindowPlan.CUTOFF));
        }
        cells.add(times.get(k));
        cells.add(k + 1);
        forecast(window, k, c, channels.size(), cells);
        if (truth != Truth.UNKNOWN) {
          truth(window, k, c, channels.size(), cells);
        }
        cells.add(null);
        rows.add(RowFactory.create(cells.toArray()));
      }
    }
    return rows.iterator();
  }

  private Row refused(String id, String reason) {
    var cells = new Object[schema().length()];
    cells[0] = id;
    cells[cells.length - 1] = reason;
    return RowFactory.create(cells);
  }

  private void forecast(Row window, int step, int channel, int channels, List<Object> cells) {
    int at = step * channels + channel;
    double value = ForecastSteps.<Double>list(window, FORECAST).get(at);
    double unit = ForecastSteps.<Double>list(window, UNIT).get(channel);
    cells.add(value);
    for (int level : learned) {
      cells.add(list(window, IntervalLevels.lower(level)).get(at));
      cells.add(list(window, IntervalLevels.upper(level)).get(at));
    }
    for (List<Double> sizes : errors.values()) {
      double size = sizes.get(step) * unit;
      cells.add(value - size);
      cells.add(value + size);
    }
  }

  /** What came, and what those say that need no network. */
  private void truth(Row window, int step, int channel, int channels, List<Object> cells) {
    List<Double> history = list(window, WindowPlan.HISTORY);
    int known = history.size() / channels;
    cells.add(list(window, WindowPlan.FUTURE).get(step * channels + channel));
    cells.add(history.get((known - 1) * channels + channel));
    if (season > 0) {
      cells.add(history.get((known - season + step % season) * channels + channel));
    }
  }

  private static <T> List<T> list(Row window, String column) {
    return window.getList(window.fieldIndex(column));
  }
}
