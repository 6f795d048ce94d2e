package org.rondo.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.cli.report.RunFolder;
import org.rondo.cli.report.RunLog;
import org.rondo.driver.DistributedTrainer;
import org.rondo.driver.SparkCarrier;
import org.rondo.driver.TrainingResult;
import org.rondo.driver.ui.SparkEvents;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.ingest.Corpus;
import org.rondo.ingest.CorpusFolder;
import org.rondo.models.NetworkSpec;
import org.rondo.training.Carrier;
import org.rondo.training.Checkpoint;
import org.rondo.training.Storage;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo train}: from a configuration to checkpoints, a report and one line of figures. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Trains a network; writes checkpoints, events.jsonl and report.html to the output.",
    description = {
      "Progress goes to standard error; standard output gets one line of JSON at the end. Ctrl-C",
      "finishes the round, writes a checkpoint and ends with 130; a second one ends at once. An",
      "earlier run in the output is moved into a folder earlier-N, unless it is resumed."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--resume", description = "Goes on after the latest checkpoint of the output.")
  private boolean resume;

  @Option(
      names = "--reshard",
      description = {
        "With --resume: goes on even if the number of shards has changed; their hidden states and",
        "the optimizer's slots begin anew."
      })
  private boolean reshard;

  @Option(
      names = "--in-process",
      description = "Trains in threads of this process, without Spark, with the same bits.")
  private boolean inProcess;

  private Plans plans;
  private StatusLine status;
  private RunFolder folder;
  private Optional<SparkEvents> pages = Optional.empty();

  @Override
  public Integer call() throws IOException {
    requireOnePlace();
    requireResume();
    Settings settings = options.settings();
    plans = new Plans(settings);
    plans.check();
    status = StatusLine.standardError(spec.commandLine().getErr());
    // The text first: what is wrong with it shows before Spark starts.
    Configuration hadoop = SparkStart.hadoop(settings);
    Corpus corpus = Preparation.run(plans, hadoop, status);
    status.say("text " + Preparation.summary(corpus));
    NetworkSpec network = plans.network(corpus.vocabulary().size());
    var job = new TrainingJob(network, plans.training(), CorpusFolder.of(corpus.folder(), hadoop));
    job.requireTokens(corpus);
    folder = new RunFolder(plans.output(), hadoop);
    Storage output = Storage.of(folder.path(), hadoop);
    if (inProcess) {
      try (var carrier = new ThreadCarrier(job)) {
        return run(carrier, output, RunDescription.of(settings, folder, corpus, job, carrier));
      }
    }
    SparkConf conf = SparkStart.conf(settings, options.master());
    TrainingPlugin.install(conf, plans.kernels());
    try (JavaSparkContext spark = SparkStart.context("train", conf);
        var carrier = new SparkCarrier(spark, job, output.folder(RunFolder.SCRATCH))) {
      var events = new SparkEvents(spark.sc());
      events.configured(RunDescription.settings(settings));
      pages = Optional.of(events);
      return run(carrier, output, RunDescription.of(settings, folder, corpus, job, carrier));
    }
  }

  private void requireOnePlace() {
    if (inProcess && options.master().isPresent()) {
      throw new SettingsException(
          "--in-process and --master %s are both given; choose one"
              .formatted(options.master().get()));
    }
  }

  private void requireResume() {
    if (reshard && !resume) {
      throw new SettingsException(
          "--reshard changes how a run goes on, so it is given with --resume alone");
    }
  }

  private int run(Carrier carrier, Storage output, Map<String, Object> description)
      throws IOException {
    if (!resume) {
      folder
          .moveEarlierRunAside()
          .ifPresent(aside -> status.say("an earlier run was moved to " + folder.shown(aside)));
    }
    var log = new RunLog(folder, status::say);
    log.add("configuration", description);
    TrainingResult result = train(carrier, output, log);
    conclude(log, result, output.hadoop().configuration());
    return (result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.DONE).number();
  }

  private TrainingResult train(Carrier carrier, Storage output, RunLog log) {
    BooleanSupplier stop =
        Interrupts.listen(
            () ->
                status.say(
                    "stopping after this round, with a checkpoint; Ctrl-C again stops at once"));
    var progress = new Progress(status);
    TrainingListener listener =
        event -> {
          log.on(event);
          progress.on(event);
          pages.ifPresent(spark -> spark.on(event));
        };
    try {
      var trainer = new DistributedTrainer(carrier, output, listener, stop);
      if (!resume) {
        return trainer.train();
      }
      return reshard ? trainer.resumeResharded() : trainer.resume();
    } catch (RuntimeException e) {
      record(e, log);
      pages.ifPresent(spark -> spark.failed(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  /** A record that cannot be written must not hide why the run failed. */
  private static void record(RuntimeException failure, RunLog log) {
    try {
      log.add("failed", Map.of("message", String.valueOf(failure.getMessage())));
      log.publish();
    } catch (UncheckedIOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Lets the best checkpoint write, closes the record and prints the line of figures. */
  private void conclude(RunLog log, TrainingResult result, Configuration hadoop) {
    Checkpoint best = Checkpoint.open(folder.path(), hadoop);
    var figures = new LinkedHashMap<String, Object>();
    figures.put("validation_loss", finite(result.validationLoss()));
    figures.put("perplexity", finite(result.perplexity()));
    figures.put("tokens_per_second", result.tokensPerSecond());
    figures.put("tokens", result.tokens());
    figures.put("rounds", result.rounds());
    figures.put("parameters_sha256", result.parametersSha256());
    figures.put("checkpoint", folder.shown(new Path(best.folder().uri())));
    figures.put("report", folder.shown(folder.file(RunFolder.REPORT)));
    log.add("result", figures);
    log.add("sample", Map.of("text", Sampling.text(best, plans)));
    log.publish();
    spec.commandLine().getOut().println(RunLog.json(figures));
  }

  /** JSON knows no NaN. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
