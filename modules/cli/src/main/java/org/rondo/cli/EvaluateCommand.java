package org.rondo.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.ExecutorMemory;
import org.rondo.driver.SparkCarrier;
import org.rondo.evaluation.Evaluation;
import org.rondo.ingest.Corpus;
import org.rondo.ingest.CorpusFolder;
import org.rondo.ingest.IngestException;
import org.rondo.runs.Plans;
import org.rondo.runs.Preparation;
import org.rondo.runs.Settings;
import org.rondo.runs.SparkStart;
import org.rondo.runs.report.RunLog;
import org.rondo.training.Checkpoint;
import org.rondo.training.JobMemory;
import org.rondo.training.Storage;
import org.rondo.training.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo evaluate}: what a checkpoint is worth on a text. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Measures the best checkpoint of a run on the validation or test text.",
    description = {
      "Computed on Spark. Prints one line of JSON: loss (nats per token), perplexity, bits per",
      "token, tokens."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private CheckpointOption checkpoint;
  @Spec private CommandSpec spec;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = Corpus.VALIDATION,
      description = "train, validation or test; by default ${DEFAULT-VALUE}.")
  private String split;

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    var plans = new Plans(settings);
    plans.check();
    Configuration hadoop = SparkStart.hadoop(settings, options.master());
    Checkpoint trained = checkpoint.open(plans, hadoop);
    var status = StatusLine.standardError(spec.commandLine().getErr());
    Corpus corpus = Preparation.run(plans, hadoop, status);
    corpus
        .vocabulary()
        .requireSame(
            trained.vocabulary(),
            "the corpus " + corpus.folder(),
            "the checkpoint " + trained.folder().uri());
    var job =
        new TrainingJob(
            trained.network(), plans.training(), CorpusFolder.of(corpus.folder(), hadoop));
    requireTokens(corpus);
    job.requireSplit(corpus, split);
    // An evaluation leaves no states between rounds, so this folder is never made.
    Storage scratch = Storage.of(new Path(corpus.folder(), "evaluation"), hadoop);
    SparkConf conf = SparkStart.conf(settings, options.master());
    var memory = new ExecutorMemory(conf, JobMemory.of(job.network(), job.plan()));
    memory.provide();
    memory.require();
    try (JavaSparkContext spark = SparkStart.context("evaluate", conf);
        var carrier = new SparkCarrier(spark, job, scratch)) {
      print(trained, carrier.evaluate(split, trained.parameters()));
    }
    return ExitCode.DONE.number();
  }

  /**
   * Before Spark starts; a split of the configuration's making is empty unless it was asked for.
   */
  private void requireTokens(Corpus corpus) {
    if (corpus.tokens(split) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluate: the %s split of %s is empty; data.%s, or data.%s_fraction of data.path, gives it a text",
              split,
              corpus.folder(),
              split,
              split));
    }
  }

  private void print(Checkpoint trained, Evaluation evaluation) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("split", split);
    figures.put("loss", evaluation.loss());
    figures.put("perplexity", evaluation.perplexity());
    figures.put("bits_per_token", evaluation.bitsPerToken());
    figures.put("tokens", evaluation.tokens());
    figures.put("checkpoint", trained.folder().uri());
    spec.commandLine().getOut().println(RunLog.json(figures));
  }
}
