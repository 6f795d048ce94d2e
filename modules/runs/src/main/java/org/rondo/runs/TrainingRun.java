package org.rondo.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.SparkCarrier;
import org.rondo.driver.TrainingResult;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.driver.output.OutputOwner;
import org.rondo.driver.ui.SparkEvents;
import org.rondo.evaluation.Scores;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.Split;
import org.rondo.ingest.StorageReason;
import org.rondo.runs.report.EventRecord;
import org.rondo.runs.report.RunFolder;
import org.rondo.runs.report.RunLog;
import org.rondo.runs.tensorboard.TensorboardRecord;
import org.rondo.tasks.pictures.Picture;
import org.rondo.training.Carrier;
import org.rondo.training.JobMemory;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingException;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.events.Explosion;
import org.rondo.training.events.StopRequest;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/**
 * A run of training: the text is prepared, then the rounds are trained, on Spark or in threads of
 * this process with the same bits, and what happens is written down in the run's folder. For one
 * run, which owns the output from {@link #prepare} until it has ended or {@link #close} is called.
 */
public final class TrainingRun implements AutoCloseable {
  /** What a run starts from. */
  public enum Beginning {
    /** Fresh parameters; an earlier run in the folder is moved aside. */
    FRESH,
    /** The newest checkpoint. */
    RESUMED,
    /** The newest checkpoint, even of another number of shards. */
    RESHARDED
  }

  private final Settings settings;
  private final Plans plans;
  private final RunMessages messages;
  private final Engine engine;
  private final RunData data;
  private final TrainingJob job;
  private final Optional<float[]> initial;
  private final RunFolder folder;
  private final Storage output;
  private final OutputOwner owner;
  private Optional<TrainingEvent.Evaluated> evaluated = Optional.empty();
  private boolean paged = true;

  private TrainingRun(
      Settings settings, Configuration hadoop, SparkAccess spark, RunMessages messages)
      throws IOException {
    this.settings = settings;
    this.messages = messages;
    plans = new Plans(settings);
    plans.check();
    engine = plans.engine();
    if (plans.ofText()) {
      engine.check(plans.network(1), plans.training());
    }
    WritableOutput.require("output", plans.output(), hadoop);
    folder = new RunFolder(plans.output(), hadoop);
    output = Storage.of(folder.path(), hadoop);
    owner = OutputOwner.take(output, messages::say);
    try {
      data =
          plans.ofText()
              ? TextData.prepare(plans, hadoop, spark, messages)
              : RowData.prepare(plans, spark.session(), hadoop, messages);
      messages.say(data.summary());
      job = data.job();
      initial = data.initial(job);
    } catch (IOException | RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /**
   * Checks the settings, becomes the owner of the output, then prepares the data, unless it is
   * prepared already: what is wrong with either shows before anything is started.
   *
   * @param spark is asked for a session where the data are rows
   * @throws SettingsException if a key holds what it cannot
   * @throws IllegalArgumentException if a run that goes on owns the output; nothing is written then
   * @throws org.rondo.ingest.IngestException if the data cannot be learned
   */
  public static TrainingRun prepare(
      Settings settings, Configuration hadoop, SparkAccess spark, RunMessages messages)
      throws IOException {
    return new TrainingRun(settings, hadoop, spark, messages);
  }

  /**
   * As above, of a text, which needs no Spark.
   *
   * @throws SettingsException also if the task learns rows
   */
  public static TrainingRun prepare(Settings settings, Configuration hadoop, RunMessages messages)
      throws IOException {
    return prepare(
        settings,
        hadoop,
        SparkAccess.none(
            "task = " + settings.text("task") + " reads rows, which needs a session of Spark"),
        messages);
  }

  /** Keeps it off Spark's pages, which show one run, as where several are trained side by side. */
  public TrainingRun withoutPages() {
    paged = false;
    return this;
  }

  /** How it is trained: as configured, with the rounds that its epochs take. */
  public TrainingPlan plan() {
    return job.plan();
  }

  /** What it counts, in the singular: tokens of a text, targets of rows. */
  public String unit() {
    return data.unit();
  }

  /** How long it may train. */
  public TimeLimit timeLimit() {
    return plans.timeLimit();
  }

  /** What its tasks take beside the heap. */
  public JobMemory memory() {
    return data.memory(job);
  }

  /**
   * Trains in threads of this process.
   *
   * @param listener hears what happens, after it is written down
   * @param stopRequested asked after each round; when true, the run writes a checkpoint and ends
   * @throws SettingsException if the engine cannot begin so, or this process has too little memory
   * @throws org.rondo.training.TrainingException if training cannot go on; the last good checkpoint
   *     stays
   */
  public RunOutcome inProcess(
      Beginning beginning, TrainingListener listener, BooleanSupplier stopRequested)
      throws IOException {
    engine.checkStart(beginning, false);
    try (owner) {
      RunLog log;
      TrainingResult result;
      try (var carrier = plans.sized(() -> new ThreadCarrier(job))) {
        log = open(beginning, carrier);
        result = train(carrier, Optional.empty(), beginning, log, listener, stopRequested);
      }
      return conclude(log, result, measuring -> plans.sized(() -> new ThreadCarrier(measuring)));
    }
  }

  /**
   * As {@link #inProcess}, on Spark.
   *
   * @param spark stays the caller's to stop; its pages show the run if {@link
   *     org.rondo.driver.ui.TrainingPlugin} is among its plugins
   * @throws SettingsException if the engine cannot begin so
   * @throws IllegalArgumentException if its executors have too little memory for the native buffers
   */
  public RunOutcome onSpark(
      JavaSparkContext spark,
      Beginning beginning,
      TrainingListener listener,
      BooleanSupplier stopRequested)
      throws IOException {
    engine.checkStart(beginning, true);
    plans.sized(() -> new ExecutorMemory(spark.getConf(), memory()).require());
    try (owner) {
      RunLog log;
      TrainingResult result;
      try (var carrier = new SparkCarrier(spark, job, owner.scratch())) {
        log = open(beginning, carrier);
        result = trainOn(spark, carrier, beginning, log, listener, stopRequested);
      }
      return conclude(
          log, result, measuring -> new SparkCarrier(spark, measuring, owner.scratch()));
    }
  }

  /** Trains, and shows it on Spark's pages where they are there. */
  private TrainingResult trainOn(
      JavaSparkContext spark,
      Carrier carrier,
      Beginning beginning,
      RunLog log,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    Optional<JavaSparkContext> there = Optional.of(spark);
    if (!paged) {
      return train(carrier, there, beginning, log, listener, stopRequested);
    }
    var pages = new SparkEvents(spark.sc());
    pages.configured(RunDescription.settings(settings));
    TrainingListener all =
        event -> {
          listener.on(event);
          pages.on(event);
        };
    return shown(pages, () -> train(carrier, there, beginning, log, all, stopRequested));
  }

  /** Gives the output free, where the run was prepared but never begun. */
  @Override
  public void close() {
    owner.close();
  }

  private static TrainingResult shown(SparkEvents pages, Supplier<TrainingResult> training) {
    try {
      return training.get();
    } catch (RuntimeException e) {
      pages.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** The record of the run, begun or gone on with. */
  private RunLog open(Beginning beginning, Carrier carrier) throws IOException {
    if (beginning == Beginning.FRESH) {
      folder
          .moveEarlierRunAside()
          .ifPresent(aside -> messages.say("an earlier run was moved to " + folder.shown(aside)));
    }
    folder.deleteHalfWritten();
    List<EventRecord> further =
        settings.flag("report.tensorboard") ? List.of(new TensorboardRecord()) : List.of();
    var log = new RunLog(folder, further, messages::say);
    log.note(
        "configuration", RunDescription.of(settings, folder, data.description(), job, carrier));
    return log;
  }

  private TrainingResult train(
      Carrier carrier,
      Optional<JavaSparkContext> spark,
      Beginning beginning,
      RunLog log,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    TrainingListener recorded =
        event -> {
          owner.requireNotLost();
          log.on(event);
          if (event instanceof TrainingEvent.Evaluated last) {
            evaluated = Optional.of(last);
          }
          listener.on(event);
        };
    StopRequest stop = StopRequest.when(stopRequested).or(plans.timeLimit().startingNow());
    var work = new Engine.Work(carrier, spark, beginning, output, owner, initial, recorded, stop);
    try {
      return DiskFailure.asException(() -> engine.train(work));
    } catch (IOException e) {
      var failure = new TrainingException("a local disk fails: " + StorageReason.of(e), e);
      record(failure, log);
      throw failure;
    } catch (RuntimeException e) {
      record(e, log);
      throw e;
    }
  }

  /**
   * A record that cannot be written must not hide why the run failed, and that of another owner is
   * not this run's to write.
   */
  private void record(RuntimeException failure, RunLog log) {
    try {
      owner.requireNotLost();
      log.add("failed", Map.of("message", String.valueOf(failure.getMessage())));
      log.publish();
    } catch (UncheckedIOException | TrainingException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Lets the best checkpoint write and draw, and closes the record.
   *
   * @param carriers what runs a job that measures
   */
  private RunOutcome conclude(
      RunLog log, TrainingResult result, Function<TrainingJob, Carrier> carriers) {
    Checkpoint best = Checkpoint.open(folder.path(), output.hadoop().configuration());
    var outcome =
        new RunOutcome(
            result,
            best,
            folder.shown(new Path(best.folder().uri())),
            folder.shown(folder.file(RunFolder.REPORT)),
            data.unit(),
            evaluated.flatMap(last -> Explosion.of(last, job.network())));
    log.note("result", outcome.figures());
    String sample = data.sample(best);
    if (!sample.isEmpty()) {
      log.note("sample", Map.of("text", sample));
    }
    List<Picture> pictures =
        data.pictures(best, measuring -> onValidation(carriers.apply(measuring), best));
    if (!pictures.isEmpty()) {
      log.note("pictures", Map.of("pictures", pictures));
    }
    log.close();
    return outcome;
  }

  private static Scores onValidation(Carrier carrier, Checkpoint best) {
    try (carrier) {
      return carrier.evaluate(Split.VALIDATION, best.parameters());
    }
  }
}
