package org.rondo.sparkml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.rondo.driver.SparkCarrier;
import org.rondo.evaluation.forecasts.ErrorQuantiles;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.PreparedData;
import org.rondo.frames.prepare.FramePreparation;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.models.NetworkSpec;
import org.rondo.models.ParameterTransfer;
import org.rondo.sparkml.columns.ClassLabels;
import org.rondo.sparkml.files.FitFiles;
import org.rondo.sparkml.files.FitFolder;
import org.rondo.sparkml.fits.FitPlans;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.fits.NetworkFit;
import org.rondo.sparkml.schema.FitMessages;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.storage.Storage;

/**
 * One fit of any task: prepares the rows in a folder, trains on the session's executors, takes the
 * parameters that were best on the validation rows.
 */
final class TaskFit {
  /** Names rows that are cut into splits. */
  private static final String CUT = "all";

  private final TaskEstimator<?, ?> params;
  private final Dataset<Row> rows;
  private final SparkSession spark;
  private final LearnedTask task;
  private final FitPlans plans;
  private final Optional<Checkpoint> initial;

  /**
   * @param rows whose schema was checked
   */
  TaskFit(TaskEstimator<?, ?> params, Dataset<Row> rows) {
    this.params = params;
    this.rows = rows;
    spark = rows.sparkSession();
    task = params.task(rows.schema());
    plans = new FitPlans(params);
    initial =
        params.isDefined(params.initialModel())
            ? Optional.of(FitFiles.checkpoint(new Path(params.getInitialModel()), hadoop()))
            : Optional.empty();
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  FittedNetwork run() {
    Optional<String> given =
        params.isDefined(params.checkpointDir())
            ? Optional.of(params.getCheckpointDir())
            : Optional.empty();
    try (FitFolder folder = FitFolder.open(spark.sparkContext(), given)) {
      return FitMessages.inParams(() -> train(folder, prepare(folder)));
    }
  }

  private PreparedData prepare(FitFolder folder) {
    var preparation =
        new FramePreparation(
            spark,
            plans.frames(params.roles(rows.schema()), params.order()),
            task.task(),
            task.settings());
    if (initial.isPresent()) {
      preparation = preparation.startingFrom(initial.get().vocabulary());
    }
    return preparation.prepare(splits(), folder.rows());
  }

  /** A row that says nothing of its split is learned. */
  private Map<String, Dataset<Row>> splits() {
    if (!params.isDefined(params.validationIndicatorCol())) {
      return Map.of(CUT, rows);
    }
    Column mark = rows.col(ColumnNames.quoted(params.getValidationIndicatorCol()));
    Column validates = functions.coalesce(mark, functions.lit(false));
    var splits = new LinkedHashMap<String, Dataset<Row>>();
    splits.put(Split.TRAIN, rows.filter(functions.not(validates)));
    splits.put(Split.VALIDATION, rows.filter(validates));
    return splits;
  }

  private FittedNetwork train(FitFolder folder, PreparedData prepared) {
    StructField label = params.learned(rows.schema());
    ClassLabels labels = params.labels(label, prepared.features());
    Sequences sequences = prepared.folder().open();
    NetworkSpec network =
        prepared.features().network(plans.stack(params.getBidirectional()), task.settings());
    FitPlans.Epochs epochs =
        plans.training(
            sequences, DataOrder.SHUFFLED, Math.max(1, params.unroll(sequences.longest())));
    var job =
        new TrainingJob(network, epochs.plan(), prepared.folder(), prepared.features().metrics());
    job.requireTokens(sequences);
    Optional<float[]> start = initial.map(trained -> parameters(trained, job));
    NetworkFit.Trained trained =
        new NetworkFit(job, sequences, epochs.rounds(), start)
            .run(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                folder,
                prepared.report().table());
    FittedNetwork fitted =
        FittedNetwork.of(
            trained.best(),
            task,
            params.getPrecision(),
            labels,
            label.dataType(),
            trained.summary());
    if (!params.measuredLevels().isEmpty()) {
      fitted = fitted.with(errors(fitted, job, prepared));
    }
    return params.completed(fitted, splits(), plans.frames(Map.of(), "").splits().fractions());
  }

  /** Sizes of the errors on the validation windows at each step, by level. */
  private SortedMap<Integer, List<Double>> errors(
      FittedNetwork fitted, TrainingJob job, PreparedData prepared) {
    var measured = new ErrorQuantiles(prepared.features().forecasts().orElseThrow());
    var evaluation =
        new TrainingJob(job.network(), job.plan(), prepared.folder(), List.of(measured));
    // An evaluation leaves no states between rounds, so this folder is never made.
    Storage scratch = Storage.of(new Path(prepared.folder().uri(), "evaluation"), hadoop());
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    try (var carrier = new SparkCarrier(context, evaluation, scratch)) {
      Map<String, Double> details =
          carrier.evaluate(Split.VALIDATION, fitted.parameters()).details().get(measured.name());
      var errors = new TreeMap<Integer, List<Double>>();
      params.measuredLevels().forEach(level -> errors.put(level, measured.sizes(details, level)));
      return errors;
    }
  }

  /** Fresh ones, but for the layers that were trained before (Dai and Le 2015). */
  private static float[] parameters(Checkpoint trained, TrainingJob job) {
    return new ParameterTransfer(trained.network(), job.network())
        .initial(trained.parameters(), job.plan().seed());
  }
}
