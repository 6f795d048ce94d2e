package org.rondo.cli.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.rondo.frames.FramePlan;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.anomalies.AnomalyFrame;
import org.rondo.frames.anomalies.LearnedErrors;
import org.rondo.frames.anomalies.ScoredSeries;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.sources.FrameSource;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.Counted;
import org.rondo.runs.RowModel;
import org.rondo.tasks.anomaly.AnomalyFeatures;
import org.rondo.tasks.anomaly.AnomalyTask;

/** The scores of a table of series, its alarms, and what is to be said of them. */
public final class PredictedAnomalies implements AutoCloseable {
  private static final String REJECTED = "rejected";

  private final AnomalyFrame frame;
  private final AnomalyFeatures features;
  private final String label;
  private final Dataset<Row> rows;
  private final Dataset<Row> steps;

  /**
   * Measures the network's errors on the training and validation steps of the configuration, then
   * scores the rows.
   *
   * @throws IngestException if rows cannot be used and are not to be skipped
   */
  public PredictedAnomalies(SparkSession spark, RowModel model, Dataset<Row> rows) {
    FramePlan plan = model.rows().frames();
    var source = new FrameSource(spark, plan.source());
    var known = new LinkedHashMap<String, Dataset<Row>>();
    plan.splits().texts().forEach((name, path) -> known.put(name, source.read(path)));
    FrameModel measured =
        new LearnedErrors(spark, model.ofFrames(), model.parameters())
            .measured(known, plan.splits().fractions());
    this.rows = rows;
    features = (AnomalyFeatures) measured.features();
    label = model.ofFrames().columns().getOrDefault(AnomalyTask.LABEL, "");
    frame = new AnomalyFrame(spark, measured, model.parameters());
    steps = frame.steps(rows).persist(StorageLevel.MEMORY_AND_DISK());
    if (measured.invalidRows() == InvalidRows.REJECT) {
      refuseAny();
    }
  }

  /** Whether a model scores anomalies. */
  public static boolean are(RowModel model) {
    return model.ofFrames().features() instanceof AnomalyFeatures;
  }

  private void refuseAny() {
    List<Row> rejected =
        steps.filter(steps.col(REJECTED).isNotNull()).select(functions.min(REJECTED)).takeAsList(1);
    if (!rejected.get(0).isNullAt(0)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "prediction: %s cannot be scored, one of them: %s; data.invalid_rows = skip scores the others",
              Counted.of(steps.filter(steps.col(REJECTED).isNotNull()).count(), "row"),
              rejected.get(0).getString(0)));
    }
  }

  /** The rows with their scores. */
  public Dataset<Row> scored() {
    return frame.columns(rows.schema()).dropped(steps);
  }

  /** The alarms as intervals. */
  public Dataset<Row> alarms() {
    return frame.alarms(steps, rows.schema());
  }

  /** An SVG of the series with the highest scores; empty where no step was scored. */
  public Optional<String> chart() {
    return new AnomalyChart(steps, features, alarms().collectAsList()).svg();
  }

  /** What was found, for a person. */
  public List<String> summary() {
    List<ScoredSeries> series = ScoredSeries.of(steps, label);
    long rejected = steps.filter(steps.col(REJECTED).isNotNull()).count();
    var summary = new AnomalySummary(series, alarms().collectAsList(), features);
    return summary.lines(rejected, !label.isEmpty());
  }

  @Override
  public void close() {
    steps.unpersist();
    frame.close();
  }
}
