package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.SparkJobs;
import org.rondo.driver.jobs.SparkLimits;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.forecasts.Coverage;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.WindowPlan;

/**
 * Forecasts from a rolling origin beside what came: the table of a {@link ForecastFrame} with the
 * columns {@code window} (from 1, the earliest), {@code cutoff} (the last known time), {@code y},
 * {@code naive} and, with a season, {@code seasonal_naive}; and the metrics of the task by window.
 * Equal rows give bit-identical figures, whatever the partitions and the cluster.
 */
public final class RollingFrame {
  private final FrameModel model;
  private final RollingOrigin origin;
  private final Map<String, Double> fractions;
  private final ForecastSteps steps;
  private final List<Metric> metrics;

  /**
   * @param fractions of the splits that each series was cut into; empty where all rows are apart
   *     from those that were learned
   * @param errors by level of intervals that the network has not learned: {@code (h)} scaled errors
   */
  public RollingFrame(
      FrameModel model,
      RollingOrigin origin,
      Map<String, Double> fractions,
      SortedMap<Integer, List<Double>> errors) {
    this.model = model;
    this.origin = origin;
    this.fractions = fractions;
    Features features = model.features();
    ForecastLayout layout = features.forecasts().orElseThrow();
    steps =
        new ForecastSteps(
            layout.levels(),
            errors,
            ForecastSteps.Truth.KNOWN,
            features.windows().orElseThrow().season());
    metrics = new ArrayList<>(features.metrics());
    errors.forEach((level, sizes) -> metrics.add(new Coverage(layout, level, sizes)));
  }

  /** Of the forecasts. */
  public StructType schema() {
    return steps.schema();
  }

  /** What is measured. */
  public List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /**
   * The forecasts.
   *
   * @param predictor of the model
   * @param rows a table of series, as the model's columns name them
   * @throws IllegalArgumentException if the schema does not fit
   */
  public Dataset<Row> forecasts(FramePredictor predictor, Dataset<Row> rows) {
    ForecastSteps all = steps;
    JavaRDD<Row> forecasts =
        predicted(predictor, rows)
            .toJavaRDD()
            .mapPartitions(part -> new Flattened<>(part, all::of));
    return rows.sparkSession().createDataFrame(forecasts, schema());
  }

  /**
   * What the metrics gather.
   *
   * @param predictor of the model
   * @throws IllegalArgumentException if the schema does not fit
   * @throws org.rondo.ingest.IngestException if series are refused, naming the first
   */
  public RollingSums sums(FramePredictor predictor, Dataset<Row> rows) {
    List<Metric> measured = metrics();
    JavaRDD<RollingSums> parts =
        predicted(predictor, rows)
            .toJavaRDD()
            .mapPartitions(part -> List.of(RollingSums.of(part, measured)).iterator());
    var context = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    var all = new RollingSums();
    try (var jobs = new SparkJobs(context, SparkLimits.of(context.getConf()))) {
      jobs.run("evaluation", () -> Guarded.collect(parts)).forEach(all::merge);
    }
    if (model.invalidRows() == InvalidRows.REJECT) {
      all.rejections().refuseAnyOfWindows();
    }
    return all;
  }

  private Dataset<Row> predicted(FramePredictor predictor, Dataset<Row> rows) {
    SparkSession spark = rows.sparkSession();
    WindowPlan plan = model.features().windows().orElseThrow();
    Dataset<Row> windows =
        new WindowFrames(spark, plan, model.columns(), FramePlan.PARTS)
            .rolling(rows, origin, fractions);
    var columns = new MeasuredColumns(windows.schema(), model.features().decoder().columns());
    return predictor.predict(windows, columns, Predictor.BATCH).drop(ForecastSteps.UNREAD);
  }
}
