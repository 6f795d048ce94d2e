package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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

  /** By level: {@code (h)} sizes of scaled errors. */
  private final List<double[]> widths;

  private final StructType schema;

  /**
   * @param intervals by level in percent: the scaled errors that are allowed at each step
   */
  public ForecastFrame(Map<Integer, double[]> intervals) {
    widths = List.copyOf(intervals.values());
    schema = schema(List.copyOf(intervals.keySet()));
  }

  /** Of the forecasts. */
  public StructType schema() {
    return schema;
  }

  private static StructType schema(List<Integer> levels) {
    StructType schema =
        new StructType()
            .add("unique_id", DataTypes.StringType)
            .add("target", DataTypes.StringType)
            .add("ds", DataTypes.StringType)
            .add("step", DataTypes.IntegerType)
            .add(FORECAST, DataTypes.DoubleType);
    for (int level : levels) {
      schema = schema.add("lower_" + level, DataTypes.DoubleType);
      schema = schema.add("upper_" + level, DataTypes.DoubleType);
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
    List<double[]> intervals = widths;
    int columns = schema.length();
    JavaRDD<Row> steps =
        predictor
            .predict(windows)
            .select(
                WindowPlan.ID, WindowPlan.CHANNELS, WindowSchema.TIMES, FORECAST, UNIT, REJECTED)
            .toJavaRDD()
            .mapPartitions(
                part -> new Flattened<>(part, window -> steps(window, intervals, columns)));
    return spark.createDataFrame(steps, schema);
  }

  private static Iterator<Row> steps(Row window, List<double[]> widths, int columns) {
    var rows = new ArrayList<Row>();
    var cells = new Object[columns];
    cells[0] = window.getString(0);
    if (!window.isNullAt(5)) {
      cells[columns - 1] = window.getString(5);
      return List.of(RowFactory.create(cells)).iterator();
    }
    List<String> channels = window.getList(1);
    List<String> times = window.getList(2);
    List<Double> values = window.getList(3);
    List<Double> units = window.getList(4);
    for (int c = 0; c < channels.size(); c++) {
      for (int k = 0; k < times.size(); k++) {
        Object[] row = cells.clone();
        double value = values.get(k * channels.size() + c);
        row[1] = channels.get(c);
        row[2] = times.get(k);
        row[3] = k + 1;
        row[4] = value;
        for (int i = 0; i < widths.size(); i++) {
          double width = widths.get(i)[k] * units.get(c);
          row[5 + 2 * i] = value - width;
          row[6 + 2 * i] = value + width;
        }
        rows.add(RowFactory.create(row));
      }
    }
    return rows.iterator();
  }
}
