package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
 * channel's column), {@code ds} (the time of the step), {@code step} (from 1), {@code forecast} and
 * {@code rejected} (why a series has none).
 */
public final class ForecastFrame {
  private static final String FORECAST = "forecast";
  private static final String REJECTED = "rejected";

  private static final StructType SCHEMA =
      new StructType()
          .add("unique_id", DataTypes.StringType)
          .add("target", DataTypes.StringType)
          .add("ds", DataTypes.StringType)
          .add("step", DataTypes.IntegerType)
          .add(FORECAST, DataTypes.DoubleType)
          .add(REJECTED, DataTypes.StringType);

  private ForecastFrame() {}

  /**
   * Forecasts the steps behind the last ones of all series.
   *
   * @param rows a table of series, as the model's columns name them
   * @throws IllegalArgumentException if the schema does not fit
   * @throws org.rondo.ingest.IngestException if rows or series are refused, naming the first
   */
  public static Dataset<Row> of(
      SparkSession spark, FrameModel model, WindowPlan plan, FramePredictor by, Dataset<Row> rows) {
    Dataset<Row> windows =
        new WindowFrames(spark, plan, model.columns(), FramePlan.PARTS).latest(rows);
    Dataset<Row> predicted = by.predict(windows);
    JavaRDD<Row> steps =
        predicted
            .select(WindowPlan.ID, WindowPlan.CHANNELS, WindowSchema.TIMES, FORECAST, REJECTED)
            .toJavaRDD()
            .mapPartitions(part -> new Flattened<>(part, ForecastFrame::steps));
    return spark.createDataFrame(steps, SCHEMA);
  }

  private static Iterator<Row> steps(Row window) {
    String id = window.getString(0);
    if (!window.isNullAt(4)) {
      return List.of(RowFactory.create(id, null, null, null, null, window.getString(4))).iterator();
    }
    List<String> channels = window.getList(1);
    List<String> times = window.getList(2);
    List<Double> values = window.getList(3);
    var rows = new ArrayList<Row>();
    for (int c = 0; c < channels.size(); c++) {
      for (int k = 0; k < times.size(); k++) {
        double value = values.get(k * channels.size() + c);
        rows.add(RowFactory.create(id, channels.get(c), times.get(k), k + 1, value, null));
      }
    }
    return rows.iterator();
  }
}
