package org.rondo.frames.windows;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
  private final ForecastSteps steps;

  /**
   * @param learned levels of the intervals that the network has learned, in percent
   * @param errors by another level: {@code (h)} scaled errors that are allowed at each step
   */
  public ForecastFrame(List<Integer> learned, SortedMap<Integer, List<Double>> errors) {
    steps = new ForecastSteps(learned, errors, ForecastSteps.Truth.UNKNOWN, 0);
  }

  /** Of the forecasts. */
  public StructType schema() {
    return steps.schema();
  }

  /**
   * Forecasts the steps behind the last ones of all series.
   *
   * @param model that learned windows
   * @param predictor of that model
   * @param batch series that are predicted at once, see {@link org.rondo.tasks.Predictor}
   * @param rows a table of series, as the model's columns name them
   * @throws IllegalArgumentException if the schema does not fit
   * @throws org.rondo.ingest.IngestException if rows or series are refused, naming the first
   */
  public Dataset<Row> of(FrameModel model, FramePredictor predictor, int batch, Dataset<Row> rows) {
    SparkSession spark = rows.sparkSession();
    WindowPlan plan = model.features().windows().orElseThrow();
    Dataset<Row> windows =
        new WindowFrames(spark, plan, model.columns(), FramePlan.PARTS).latest(rows);
    ForecastSteps all = steps;
    JavaRDD<Row> forecasts =
        predictor
            .predict(windows, batch)
            .drop(ForecastSteps.UNREAD)
            .toJavaRDD()
            .mapPartitions(part -> new Flattened<>(part, all::of));
    return spark.createDataFrame(forecasts, schema());
  }
}
