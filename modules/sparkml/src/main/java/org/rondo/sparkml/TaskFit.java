package org.rondo.sparkml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.rondo.driver.DistributedTrainer;
import org.rondo.driver.SparkCarrier;
import org.rondo.driver.TrainingResult;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.driver.output.OutputOwner;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.PreparedData;
import org.rondo.frames.prepare.FramePreparation;
import org.rondo.ingest.Sha256;
import org.rondo.ingest.Split;
import org.rondo.ingest.sequences.Sequences;
import org.rondo.models.NetworkSpec;
import org.rondo.models.ParameterTransfer;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.TrainedNetwork;
import org.rondo.training.events.StopRequest;
import org.rondo.training.storage.FloatArrays;
import org.rondo.training.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fit of any task: prepares the rows in a folder, trains on the session's executors, takes the
 * parameters that were best on the validation rows.
 */
final class TaskFit {
  private static final Logger LOG = LoggerFactory.getLogger(TaskFit.class);

  /** Names rows that are cut into splits. */
  private static final String CUT = "all";

  private final RnnEstimator<?, ?> params;
  private final Dataset<Row> rows;
  private final SparkSession spark;
  private final LearnedTask task;
  private final FitPlans plans;
  private final Optional<Checkpoint> initial;

  /**
   * @param rows whose schema was checked
   */
  TaskFit(RnnEstimator<?, ?> params, Dataset<Row> rows) {
    this.params = params;
    this.rows = rows;
    spark = rows.sparkSession();
    task = params.task(rows.schema());
    plans = new FitPlans(params);
    initial =
        params.isDefined(params.initialModel())
            ? Optional.of(Checkpoint.open(new Path(params.getInitialModel()), hadoop()))
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
            spark, plans.frames(params.roles(rows.schema())), task.task(), task.settings());
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
    StructField label = rows.schema().apply(params.getLabelCol());
    ClassLabels labels = params.labels(label, prepared.features());
    Sequences sequences = prepared.folder().open();
    NetworkSpec network = prepared.features().network(plans.stack(), task.settings());
    FitPlans.Epochs epochs = plans.training(sequences);
    var job =
        new TrainingJob(network, epochs.plan(), prepared.folder(), prepared.features().metrics());
    job.requireTokens(sequences);
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var memory = JobMemory.of(network, job.plan(), sequences.steps(job.plan().trainingText()));
    new ExecutorMemory(context.getConf(), memory).require();
    Optional<float[]> start = initial.map(trained -> parameters(trained, job));
    Storage output = folder.run(digest(job, sequences, start));
    var history = new EpochHistory(epochs.rounds());
    TrainingResult result = train(context, job, output, start, history);
    var best = TrainedNetwork.of(Checkpoint.open(output.path(), hadoop()));
    return FittedNetwork.of(
        best,
        task,
        params.getPrecision(),
        labels,
        label.dataType(),
        summary(history, result, best, prepared));
  }

  /** Everything that decides what is learned. */
  private static String digest(TrainingJob job, Sequences rows, Optional<float[]> start) {
    return Sha256.of(
        String.join(
            " ",
            job.network().toJson(),
            job.plan().toString(),
            rows.fingerprint(Split.TRAIN),
            rows.fingerprint(Split.VALIDATION),
            start.map(FloatArrays::sha256).orElse("")));
  }

  private static TrainingResult train(
      JavaSparkContext context,
      TrainingJob job,
      Storage output,
      Optional<float[]> start,
      EpochHistory history) {
    try (OutputOwner owner = OutputOwner.take(output, LOG::info);
        var carrier = new SparkCarrier(context, job, owner.scratch())) {
      var trainer =
          new DistributedTrainer(carrier, output, owner, history, StopRequest.when(() -> false));
      start.ifPresent(trainer::beginningWith);
      return FitFolder.hasRound(output) ? trainer.resume() : trainer.train();
    }
  }

  /** Fresh ones, but for the layers that were trained before (Dai and Le 2015). */
  private static float[] parameters(Checkpoint trained, TrainingJob job) {
    return new ParameterTransfer(trained.network(), job.network())
        .initial(trained.parameters(), job.plan().seed());
  }

  private static TrainingSummary summary(
      EpochHistory history, TrainingResult result, TrainedNetwork best, PreparedData prepared) {
    return new TrainingSummary(
        history.epochs(),
        history.epoch(best.round()),
        FloatArrays.sha256(best.parameters()),
        history.parameters(),
        result.tokens(),
        result.tokensPerSecond(),
        history.fingerprint(),
        prepared.report().table());
  }
}
