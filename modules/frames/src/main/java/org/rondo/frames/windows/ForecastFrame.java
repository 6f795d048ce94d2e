package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.rondo.evaluation.forecasts.IntervalLevels;
import org.rondo.frames.FramePlan;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.tasks.WindowPlan;

/**
 * Forecasts of series, a row for each step of each channel: {@code unique_id}, {@code target} (the
 * channel's column), {@code ds} (the time of the step), {@code step} (from 1), {@code forecast},
 * {@code lower_80} and {@code upper_80} for an interval of 80 %, and {@code rejected} (why a series
 * has none).
 */
public final class ForecastFrame {
  private static final String FORECAST = "forecast";
  private static final String UNIT = "unit";
  private static final String REJECTED = "rejected";

  private final List<Integer> learned;
  private final Map<Integer, List<Double>> errors;
  private final StructType schema;

  /**
   * @param learned levels of the intervals that the network has learned, in percent
   * @param errors by another level: {@code (h)} scaled errors that are allowed at each step
   */
  public ForecastFrame(List<Integer> learned, Map<Integer, List<Double>> errors) {
    this.learned = List.copyOf(learned);
    this.errors = new TreeMap<>(errors);
    schema = schema(Stream.concat(learned.stream(), this.errors.keySet().stream()).toList());
  }

  /** Of the forecasts. */
  public StructType schema() {
    return schema;
  }

  /**
   * Of forecasts with such intervals.
   *
   * @param levels in percent
   */
  public static StructType schema(List<Integer> levels) {
    StructType schema =
        new StructType()
            .add("unique_id", DataTypes.StringType)
            .add("target", DataTypes.StringType)
            .add("ds", DataTypes.StringType)
            .add("step", DataTypes.IntegerType)
            .add(FORECAST, DataTypes.DoubleType);
    for (int level : levels) {
      schema = schema.add(IntervalLevels.lower(level), DataTypes.DoubleType);
      schema = schema.add(IntervalLevels.upper(level), DataTypes.DoubleType);
    }
    return schema.add(REJECTED, DataTypes.StringType);
  }

  /**
   * Forecasts the steps behind the last ones of all series.
   *
   * @param model that learned windows
   * @param predictor of that model
   * @param rows a table of series, as the model's columns name them
   * @throws IllegalArgumentException if the schema does not fit
   * @throws org.rondo.ingest.IngestException if rows or series are refused, naming the first
   */
  public Dataset<Row> of(FrameModel model, FramePredictor predictor, Dataset<Row> rows) {
    SparkSession spark = rows.sparkSession();
    WindowPlan plan = model.features().windows().orElseThrow();
    Dataset<Row> windows =
        new WindowFrames(spark, plan, model.columns(), FramePlan.PARTS).latest(rows);
    var selected =
        new ArrayList<String>(
            List.of(WindowPlan.CHANNELS, WindowSchema.TIMES, FORECAST, UNIT, REJECTED));
    for (int level : learned) {
      selected.add(IntervalLevels.lower(level));
      selected.add(IntervalLevels.upper(level));
    }
    var steps = new Steps(learned.size(), List.copyOf(errors.values()), schema.length());
    JavaRDD<Row> forecasts =
        predictor
            .predict(windows)
            .select(WindowPlan.ID, selected.toArray(String[]::new))
            .toJavaRDD()
            .mapPartitions(part -> new Flattened<>(part, steps::of));
    return spark.createDataFrame(forecasts, schema);
  }

  /**
   * What a predicted window becomes.
   *
   * @param learned intervals in its columns
   * @param errors of further ones: {@code (h)} scaled sizes
   * @param columns of a forecast
   */
  private record Steps(int learned, List<List<Double>> errors, int columns)
      implements Serializable {
    private static final int FIRST_END = 5;

    /** Columns of a window that stand before the ends of its intervals. */
    private static final int BEFORE_ENDS = 6;

    Iterator<Row> of(Row window) {
      var rows = new ArrayList<Row>();
      var cells = new Object[columns];
      cells[0] = window.getString(0);
      if (!window.isNullAt(5)) {
        cells[columns - 1] = window.getString(5);
        return List.of(RowFactory.create(cells)).iterator();
      }
      List<String> channels = window.getList(1);
      List<String> times = window.getList(2);
      for (int c = 0; c < channels.size(); c++) {
        for (int k = 0; k < times.size(); k++) {
          Object[] row = cells.clone();
          row[1] = channels.get(c);
          row[2] = times.get(k);
          row[3] = k + 1;
          forecast(window, k, k * channels.size() + c, c, row);
          rows.add(RowFactory.create(row));
        }
      }
      return rows.iterator();
    }

    /**
     * Fills in the value and its intervals.
     *
     * @param at place of the value among those of the window
     */
    private void forecast(Row window, int step, int at, int channel, Object[] row) {
      double value = window.<Double>getList(3).get(at);
      double unit = window.<Double>getList(4).get(channel);
      row[FIRST_END - 1] = value;
      int end = FIRST_END;
      for (int i = 0; i < 2 * learned; i++) {
        row[end++] = window.<Double>getList(BEFORE_ENDS + i).get(at);
      }
      for (List<Double> sizes : errors) {
        double size = sizes.get(step) * unit;
        row[end++] = value - size;
        row[end++] = value + size;
      }
    }
  }
}
