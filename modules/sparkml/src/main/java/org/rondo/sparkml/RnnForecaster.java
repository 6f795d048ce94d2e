package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.windows.ForecastFrame;
import org.rondo.frames.windows.WindowFrames;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.ForecastParams;
import org.rondo.sparkml.params.InferenceParams;
import org.rondo.sparkml.params.SeriesParams;
import org.rondo.sparkml.schema.FitMessages;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Learns to forecast series. A row of the data is one step of one series; series are grouped, put
 * in the order of time and cut into windows, the last ones of which validate.
 */
public final class RnnForecaster extends TaskEstimator<RnnForecaster, RnnForecasterModel>
    implements SeriesParams<RnnForecaster>,
        ForecastParams<RnnForecaster>,
        InferenceParams<RnnForecaster> {
  private static final long serialVersionUID = 1L;

  public RnnForecaster() {
    this(Identifiable$.MODULE$.randomUID("rnnForecaster"));
  }

  public RnnForecaster(String uid) {
    super(uid);
    setSeriesDefaults();
    setForecastDefaults();
    setInferenceDefaults();
  }

  @Override
  LearnedTask task(StructType schema) {
    return LearnedTask.of("forecasting", forecastKeys());
  }

  @Override
  Map<String, String> roles(StructType schema) {
    return SchemaCheck.series(schema, this);
  }

  /** Windows have an order of their own. */
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
    return getWindows().equals(CARRIED) ? Math.min(longest, getUnroll()) : longest;
  }

  @Override
  List<Integer> measuredLevels() {
    return learnsIntervals() ? List.of() : levels();
  }

  @Override
  RnnForecasterModel model(FittedNetwork fitted) {
    return new RnnForecasterModel(uid(), fitted);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkShared(schema);
    checkLayers();
    roles(schema);
    SchemaCheck.numbers(schema, "staticCols", List.of(getStaticCols()));
    SchemaCheck.numbers(schema, "histExogCols", List.of(getHistExogCols()));
    SchemaCheck.numbers(schema, "futrExogCols", List.of(getFutrExogCols()));
    LearnedTask task = task(schema);
    FitMessages.inParams(
        () -> {
          WindowFrames.check(task.task().windows(task.settings()).orElseThrow(), task.name());
          return task;
        });
    var measured = new TreeMap<Integer, List<Double>>();
    measuredLevels().forEach(level -> measured.put(level, List.of()));
    return new ForecastFrame(learnsIntervals() ? levels() : List.of(), measured).schema();
  }

  @Override
  boolean takesInitialModel() {
    return false;
  }

  private void checkLayers() {
    if (getBidirectional() && getWindows().equals(CARRIED)) {
      throw new IllegalArgumentException(
          "bidirectional = true: sees the steps to forecast where windows = carried; it must be"
              + " false, or windows = sampled");
    }
  }

  public static MLReader<RnnForecaster> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnForecaster load(String path) {
    return read().load(path);
  }
}
