package org.rondo.sparkml;

import java.util.Map;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.windows.WindowFrames;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.AnomalyParams;
import org.rondo.sparkml.params.SeriesParams;
import org.rondo.sparkml.schema.FitMessages;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Learns what mostly happens in series, to find unusual steps. A row of the data is one step of one
 * series; series are put in the order of time, and the last steps of each validate. No label is
 * read. When the network is trained, its errors on all these steps are measured, which say what is
 * usual.
 */
public final class RnnAnomalyDetector
    extends TaskEstimator<RnnAnomalyDetector, RnnAnomalyDetectorModel>
    implements SeriesParams<RnnAnomalyDetector>, AnomalyParams<RnnAnomalyDetector> {
  private static final long serialVersionUID = 1L;

  public RnnAnomalyDetector() {
    this(Identifiable$.MODULE$.randomUID("rnnAnomalyDetector"));
  }

  public RnnAnomalyDetector(String uid) {
    super(uid);
    setSeriesDefaults();
    setAnomalyDefaults();
  }

  @Override
  LearnedTask task(StructType schema) {
    return LearnedTask.of("anomaly", anomalyKeys());
  }

  @Override
  Map<String, String> roles(StructType schema) {
    return SchemaCheck.series(schema, this);
  }

  /** Series have an order of their own. */
  @Override
  String order() {
    return "";
  }

  @Override
  StructField learned(StructType schema) {
    return SchemaCheck.column(schema, "targetCols", getTargetCols()[0]);
  }

  @Override
  int unroll(int longest) {
    return Math.min(longest, getUnroll());
  }

  @Override
  FittedNetwork completed(
      FittedNetwork trained, Map<String, Dataset<Row>> sources, Map<String, Double> fractions) {
    StructType schema = sources.values().iterator().next().schema();
    return trained.measured(sources, fractions, roles(schema));
  }

  @Override
  RnnAnomalyDetectorModel model(FittedNetwork fitted) {
    return new RnnAnomalyDetectorModel(uid(), fitted);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkShared(schema);
    checkLayers();
    roles(schema);
    LearnedTask task = task(schema);
    FitMessages.inParams(
        () -> {
          WindowFrames.check(task.task().windows(task.settings()).orElseThrow(), task.name());
          return task;
        });
    return RnnAnomalyDetectorModel.schema(schema);
  }

  @Override
  boolean takesInitialModel() {
    return false;
  }

  /** Steps are scored as they arrive: a layer that reads from the end has no end to begin at. */
  private void checkLayers() {
    if (getBidirectional()) {
      throw new IllegalArgumentException(
          "bidirectional = true: anomalies are found as steps arrive, and it would see those behind"
              + " them; it must be false");
    }
  }

  public static MLReader<RnnAnomalyDetector> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnAnomalyDetector load(String path) {
    return read().load(path);
  }
}
