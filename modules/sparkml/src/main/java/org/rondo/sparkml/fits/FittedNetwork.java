package org.rondo.sparkml.fits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.anomalies.AnomalyFrame;
import org.rondo.frames.anomalies.LearnedErrors;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.frames.predict.SavedLanguageModel;
import org.rondo.frames.stream.StreamPlan;
import org.rondo.frames.stream.StreamScorer;
import org.rondo.frames.windows.ForecastFrame;
import org.rondo.frames.windows.RollingFrame;
import org.rondo.frames.windows.RollingOrigin;
import org.rondo.ingest.JsonFile;
import org.rondo.ingest.Split;
import org.rondo.sparkml.columns.ClassLabels;
import org.rondo.sparkml.columns.RefusedRows;
import org.rondo.sparkml.files.FitFiles;
import org.rondo.sparkml.schema.FitMessages;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.tasks.Features;
import org.rondo.training.checkpoint.TrainedNetwork;
import org.rondo.training.workspace.KernelPlan;

/** What a fit came to: a network, the task that it learned and how. */
public final class FittedNetwork implements Fitted {
  private static final int VERSION = 3;

  /**
   * What stands beside the checkpoint, see {@link FitFiles}.
   *
   * @param precision of matrix products, as the estimator had it
   * @param labels what a prediction of 0, 1, ... stands for; empty where it is no class
   * @param labelType of the column that was learned, as JSON of Spark; empty in version 1, which
   *     had no use for it
   * @param errors by level of intervals around forecasts, in percent: the scaled errors that are
   *     allowed at each step; up to version 2 there were none
   */
  public record Contents(
      int version,
      LearnedTask task,
      String precision,
      ClassLabels labels,
      String labelType,
      TrainingSummary summary,
      SortedMap<Integer, List<Double>> errors) {}

  private final TrainedNetwork network;
  private final Contents contents;
  private final Features features;

  /** The last one, since it is asked for by every transform. */
  private FramePredictor predictor;

  private SparkSession session;
  private Map<String, String> columns;
  private Map<String, ?> asked;

  private FittedNetwork(TrainedNetwork network, Contents contents) {
    this.network = network;
    this.contents = contents;
    features = contents.task().task().features(network.text(Features.FILE));
  }

  public static FittedNetwork of(
      TrainedNetwork network,
      LearnedTask task,
      String precision,
      ClassLabels labels,
      DataType labelType,
      TrainingSummary summary) {
    return new FittedNetwork(
        network,
        new Contents(VERSION, task, precision, labels, labelType.json(), summary, new TreeMap<>()));
  }

  /** The same with intervals around its forecasts, see {@link Contents#errors}. */
  public FittedNetwork with(SortedMap<Integer, List<Double>> errors) {
    return new FittedNetwork(
        network,
        new Contents(
            VERSION,
            contents.task(),
            contents.precision(),
            contents.labels(),
            contents.labelType(),
            contents.summary(),
            errors));
  }

  public LearnedTask task() {
    return contents.task();
  }

  public Features features() {
    return features;
  }

  public ClassLabels labels() {
    return contents.labels();
  }

  /** Of the column that was learned. */
  public DataType labelType() {
    return DataType.fromJson(contents.labelType());
  }

  public float[] parameters() {
    return network.parameters();
  }

  @Override
  public String description() {
    return features.summary();
  }

  @Override
  public TrainingSummary summary() {
    return contents.summary();
  }

  /**
   * Predicts rows; its parameters are sent to each executor once, and are freed with it.
   *
   * @param roles the column of each role
   * @param keys of prediction, in the place of those that it was learned with
   * @throws IllegalArgumentException if a key has a value that it cannot have
   */
  public synchronized FramePredictor predictor(
      SparkSession spark, Map<String, String> roles, Map<String, ?> keys) {
    if (predictor == null
        || !spark.equals(session)
        || !roles.equals(columns)
        || !keys.equals(asked)) {
      RefusedRows.endJobs(spark.sparkContext());
      predictor = new FramePredictor(spark, model(spark, roles, keys), network.parameters());
      session = spark;
      columns = roles;
      asked = keys;
    }
    return predictor;
  }

  /**
   * Scores event after event of each key.
   *
   * @param roles the column of each role
   * @throws IllegalArgumentException if the network predicts only of whole sequences, saying why
   */
  public StreamScorer streamScorer(SparkSession spark, Map<String, String> roles, StreamPlan plan) {
    RefusedRows.endJobs(spark.sparkContext());
    return new StreamScorer(spark, model(spark, roles, Map.of()), network.parameters(), plan);
  }

  /**
   * Forecasts of a table of series; one that has none is told in the last column.
   *
   * @param roles the column of each role
   * @param batch series that are predicted at once
   */
  public Dataset<Row> forecasts(Dataset<Row> rows, Map<String, String> roles, int batch) {
    return FitMessages.inParams(
        () ->
            forecastFrame()
                .of(
                    model(rows.sparkSession(), roles, Map.of()),
                    predictor(rows.sparkSession(), roles, Map.of()),
                    batch,
                    rows));
  }

  /**
   * Forecasts from a rolling origin.
   *
   * @param validationFraction of the fit
   * @param roles the column of each role
   * @param invalid whether series that cannot be used are refused or left out
   */
  public RollingForecasts rolling(
      RollingOrigin origin,
      double validationFraction,
      SparkSession spark,
      Map<String, String> roles,
      InvalidRows invalid) {
    var fractions = Map.of(Split.VALIDATION, validationFraction);
    return new RollingForecasts(
        new RollingFrame(
            model(spark, roles, Map.of()).with(invalid), origin, fractions, contents.errors()),
        predictor(spark, roles, Map.of()));
  }

  /** What forecasts look like. */
  public ForecastFrame forecastFrame() {
    List<Integer> learned = features.forecasts().map(ForecastLayout::levels).orElse(List.of());
    return new ForecastFrame(learned, contents.errors());
  }

  /**
   * The same whose features know the errors on the rows that were learned.
   *
   * @param roles the column of each role
   */
  public FittedNetwork measured(
      Map<String, Dataset<Row>> sources, Map<String, Double> fractions, Map<String, String> roles) {
    SparkSession spark = sources.values().iterator().next().sparkSession();
    FrameModel measured =
        new LearnedErrors(spark, model(spark, roles, Map.of()), network.parameters())
            .measured(sources, fractions);
    return new FittedNetwork(
        network.withText(Features.FILE, measured.features().toJson()), contents);
  }

  /**
   * Scores the steps of series.
   *
   * @param roles the column of each role
   */
  public AnomalyFrame anomalies(SparkSession spark, Map<String, String> roles) {
    RefusedRows.endJobs(spark.sparkContext());
    return new AnomalyFrame(spark, model(spark, roles, Map.of()), network.parameters());
  }

  private FrameModel model(SparkSession spark, Map<String, String> roles, Map<String, ?> keys) {
    LearnedTask asking = keys.isEmpty() ? task() : task().with(keys);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    // Predictions are to be the same on machines that have no bfloat16.
    KernelPlan kernels = KernelPlan.of(contents.precision()).decided(false);
    return new FrameModel(
        asking.task(),
        asking.settings(),
        FitMessages.inParams(() -> asked(asking, hadoop)),
        network.network(),
        kernels,
        roles,
        InvalidRows.SKIP);
  }

  /** The features as a task's keys ask them, with the language model that these name. */
  private Features asked(LearnedTask asking, Configuration hadoop) {
    Features asked = features.predicting(asking.settings());
    Optional<String> folder = asking.task().languageModel(asking.settings());
    if (folder.isEmpty()) {
      return asked;
    }
    try {
      var saved = FitFiles.checkpoint(new Path(folder.get()), hadoop);
      return asked.with(SavedLanguageModel.of(saved));
    } catch (IllegalArgumentException e) {
      throw asking.settings().refusal("language_model", e.getMessage());
    }
  }

  @Override
  public void write(Path folder, Configuration hadoop) throws IOException {
    FitFiles.write(folder, hadoop, network, contents);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws org.rondo.training.storage.CheckpointException if it is damaged, or of a later version
   */
  public static FittedNetwork read(Path folder, Configuration hadoop) {
    Contents contents = FitFiles.contents(folder, hadoop, FittedNetwork::contents);
    return new FittedNetwork(TrainedNetwork.of(FitFiles.checkpoint(folder, hadoop)), contents);
  }

  private static Contents contents(ObjectNode object) throws JsonProcessingException {
    int version = JsonFile.version(object, "fit", 1, VERSION);
    if (version == 1) {
      object.put("labelType", "");
    }
    if (version < 3) {
      object.putObject("errors");
    }
    return JsonFile.value(object, Contents.class);
  }
}
