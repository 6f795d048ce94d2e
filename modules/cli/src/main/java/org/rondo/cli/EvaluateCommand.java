package org.rondo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.results.EvaluatedTexts;
import org.rondo.cli.results.EvaluationTable;
import org.rondo.cli.results.EvaluationText;
import org.rondo.cli.results.ForecastTable;
import org.rondo.cli.results.RollingEvaluation;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.TerminalText;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.driver.jobs.ExecutorMemory;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.frames.PreparationReport;
import org.rondo.frames.windows.RollingScores;
import org.rondo.ingest.LocalFiles;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.TextSize;
import org.rondo.runs.Plans;
import org.rondo.runs.RowData;
import org.rondo.runs.RowModel;
import org.rondo.runs.ScoreFigures;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.report.RunLog;
import org.rondo.runs.spark.SparkStart;
import org.rondo.tasks.Features;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo evaluate}: what a checkpoint is worth on data. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Measures the best checkpoint of a run on its validation or test data.",
    description = {
      "Computed on Spark. Prints one line of JSON: the task's metrics and what is behind them, such",
      "as a confusion matrix; of a language model loss (nats per token), perplexity, bits per token,",
      "perplexity per word of white space and bits per character and byte, by which models of other",
      "tokens compare, tokens, and the share of tokens that the vocabulary does not know. Reads the",
      "prepared data of the configuration; a text that is not prepared is encoded in a temporary",
      "folder."
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final String CHART_HINT =
      "next     --chart FILE.svg draws the forecasts over what came, --level 80 intervals around them";

  @Mixin private RunOptions options;
  @Mixin private CheckpointOption checkpoint;
  @Mixin private AdaptationOptions adaptation;
  @Spec private CommandSpec spec;
  private final EvaluationTable table = new EvaluationTable();

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, validation or test; by default validation.")
  private String split;

  @Option(
      names = "--text",
      paramLabel = "PATH",
      description =
          "Another text, encoded by the checkpoint's own vocabulary; keys data.* that name texts or tokens are not needed.")
  private String text;

  @Option(
      names = "--level",
      paramLabel = "PERCENT",
      defaultValue = "",
      description = {
        "Of forecasts: measures how often values lie in intervals, such as 80,95, that are made by",
        "the errors on the validation rows: coverage-80 and so on. With --split test."
      })
  private String level;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Of forecasts, in place of --split: the last N windows of each series, one by one, none of",
        "whose steps was learned: those of the test split, or of forecasting.hold_out."
      })
  private int windows;

  @Option(
      names = "--step-size",
      paramLabel = "STEPS",
      defaultValue = "0",
      description = "With --windows: steps from one window to the next; by default the horizon.")
  private int stepSize;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description =
          "With --windows: a new SVG file for a picture of the first series, their forecasts over what came.")
  private String chart;

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    var plans = new Plans(settings);
    var intervals = new ForecastIntervals(level);
    plans.check();
    requireNoTextOfRows(settings, plans);
    requireOneText();
    requireForecasts(plans, intervals);
    Configuration hadoop = SparkStart.hadoop(settings, options.master());
    List<Checkpoint> trained = checkpoint.openAll(plans, hadoop);
    var status = StatusLine.standardError(spec.commandLine().getErr());
    try (var interrupts = Interrupts.listen(status)) {
      if (!plans.ofText()) {
        adaptation.requireNone();
        trained.forEach(each -> RowModel.requireTask(plans, each));
        try (var spark = new CommandSpark("evaluate", settings, options.master(), status)) {
          for (Checkpoint each : trained) {
            var rows = new EvaluationRows(plans, each, hadoop, interrupts.preparing());
            evaluate(rows, plans, each, intervals, spark, status);
          }
        }
      } else {
        SparkConf conf = SparkStart.conf(settings, options.master());
        var source = new EvaluationText(plans, trained.get(0), hadoop, interrupts.preparing());
        try (EvaluationText.Opened opened =
            text == null ? source.ofSplit(split(), conf) : source.of(text, conf)) {
          interrupts.starting();
          evaluate(opened, plans, trained, conf, status);
        }
      }
    }
    if (trained.size() > 1) {
      spec.commandLine().getErr().print(table);
    }
    return ExitCode.DONE.number();
  }

  private void rolling(
      RowModel model,
      EvaluationRows validation,
      ForecastIntervals intervals,
      CommandSpark spark,
      StatusLine status)
      throws IOException {
    var evaluation = new RollingEvaluation(model, windows, stepSize);
    SortedMap<Integer, List<Double>> errors =
        intervals.errors(model.ofFrames().features(), validation, spark, status);
    status.show(String.format(Locale.ROOT, "forecasting %d windows of each series", windows));
    RollingScores scores = evaluation.scores(spark.session(), errors);
    RollingEvaluation.lines(scores).forEach(status::say);
    if (chart == null) {
      status.say(CHART_HINT);
    } else {
      var file = new Path(chart);
      String svg = evaluation.chart(spark.session(), errors).svg();
      Configuration hadoop = spark.session().sparkContext().hadoopConfiguration();
      try (var out = LocalFiles.create(file, hadoop)) {
        out.write(svg.getBytes(StandardCharsets.UTF_8));
      }
      status.say("the chart is " + chart);
    }
    spec.commandLine().getOut().println(RunLog.json(RollingEvaluation.figures(scores)));
  }

  private static Features features(Plans plans, Checkpoint trained) {
    return RowModel.of(plans, trained).ofFrames().features();
  }

  private void evaluate(
      EvaluationRows rows,
      Plans plans,
      Checkpoint trained,
      ForecastIntervals intervals,
      CommandSpark spark,
      StatusLine status)
      throws IOException {
    if (windows > 0) {
      rolling(RowModel.of(plans, trained), rows, intervals, spark, status);
      return;
    }
    List<Metric> coverages =
        intervals.none()
            ? List.of()
            : intervals.coverages(features(plans, trained), rows, spark, status);
    RowData data = rows.prepared(spark);
    Scores scores = rows.evaluate(data, spark, split(), status, coverages);
    PreparationReport report = data.prepared().report();
    report.leftOut().ifPresent(status::say);
    ForecastTable.lines(split(), scores).forEach(status::say);
    var texts = EvaluatedTexts.of(plans, trained, spark.session(), split());
    print(trained, scores, report.rejected(), texts);
  }

  private String split() {
    return split == null ? Split.VALIDATION : split;
  }

  private void requireNoTextOfRows(Settings settings, Plans plans) {
    if (text != null && !plans.ofText()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "--text %s is for language models; task = %s is measured on other rows by --set data.test=%s --split test",
              text,
              settings.text("task"),
              text));
    }
  }

  private void requireForecasts(Plans plans, ForecastIntervals intervals) {
    if (plans.ofText() && !intervals.none()) {
      throw intervals.noForecasts();
    }
    if (windows != 0 && (windows < 0 || plans.ofText() || split != null)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "--windows %d: takes a number of windows >= 1 of forecasts, in place of --split",
              windows));
    }
    if (chart != null && windows == 0) {
      throw new SettingsException("--chart draws the forecasts of --windows; give both");
    }
    if (stepSize != 0 && (stepSize < 0 || windows == 0)) {
      throw new SettingsException(
          String.format(Locale.ROOT, "--step-size %d: takes steps >= 1, with --windows", stepSize));
    }
  }

  private void requireOneText() {
    if (text != null && split != null) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "--text %s and --split %s are both given; the text is evaluated as a whole: choose one",
              text,
              split));
    }
  }

  private void evaluate(
      EvaluationText.Opened opened,
      Plans plans,
      List<Checkpoint> trained,
      SparkConf conf,
      StatusLine status) {
    Corpus corpus = opened.corpus();
    TrainingPlan plan = adaptation.plan(plans.training());
    List<TrainingJob> jobs = trained.stream().map(each -> job(each, plan, corpus)).toList();
    jobs.forEach(job -> opened.check(() -> job.requireSplit(corpus, opened.split())));
    JobMemory largest =
        jobs.stream()
            .map(job -> plans.memory(job.network(), job.plan()))
            .reduce(JobMemory::larger)
            .orElseThrow();
    var memory = new ExecutorMemory(conf, largest);
    memory.provide();
    plans.sized(memory::require);
    status.show("starting Spark");
    try (JavaSparkContext spark = SparkStart.context("evaluate", conf)) {
      var size = TextSize.of(corpus, opened.split());
      for (int i = 0; i < jobs.size(); i++) {
        var evaluation =
            new ShownEvaluation(jobs.get(i), corpus, corpus.place().hadoop(), shownText(opened));
        float[] parameters = trained.get(i).parameters();
        Scores scores = evaluation.scores(spark, opened.split(), parameters, status);
        print(trained.get(i), opened, size, scores);
      }
    }
  }

  private TrainingJob job(Checkpoint trained, TrainingPlan plan, Corpus corpus) {
    EvaluationText.requireSameVocabulary(corpus, trained);
    return new TrainingJob(trained.network(), plan, corpus.place())
        .evaluatedBy(adaptation.evaluator());
  }

  private String shownText(EvaluationText.Opened opened) {
    return text == null ? opened.split() + " text" : "text " + TerminalText.lines(text);
  }

  private void print(
      Checkpoint trained, Scores scores, long rejected, Optional<Map<String, Object>> texts) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("split", split());
    figures.put("loss", scores.loss());
    figures.put("targets", scores.targets());
    figures.put("rejected_rows", rejected); // of all splits, of which none knows its own
    figures.putAll(ScoreFigures.of(scores.all()));
    if (!scores.details().isEmpty()) {
      figures.put("details", scores.details());
    }
    texts.ifPresent(compared -> figures.put("texts", compared));
    figures.put("checkpoint", trained.folder().uri());
    table.add(trained.folder().uri(), scores.all());
    spec.commandLine().getOut().println(RunLog.json(figures));
  }

  private void print(
      Checkpoint trained, EvaluationText.Opened opened, TextSize size, Scores scores) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("split", text == null ? opened.split() : "text");
    figures.put("loss", scores.loss());
    ScoreFigures.putIfMeasured(figures, "perplexity", scores.all(), "perplexity");
    ScoreFigures.putIfMeasured(figures, "bits_per_token", scores.all(), "bits-per-token");
    var shown = new ArrayList<Score>(scores.all());
    shown.add(of("perplexity-per-word", StrictMath.exp(size.lossPerWord(scores.loss()))));
    shown.add(of("bits-per-character", size.bitsPerCharacter(scores.loss())));
    shown.add(of("bits-per-byte", size.bitsPerByte(scores.loss())));
    for (Score score : shown.subList(scores.all().size(), shown.size())) {
      ScoreFigures.put(figures, score.name().replace('-', '_'), score.value());
    }
    figures.put("tokens", scores.targets());
    figures.putAll(ScoreFigures.of(scores.all()));
    figures.put("unknown_share", opened.corpus().unknownShare(opened.split()));
    figures.put("checkpoint", trained.folder().uri());
    table.add(trained.folder().uri(), shown);
    spec.commandLine().getOut().println(RunLog.json(figures));
  }

  private static Score of(String name, double value) {
    return new Score(name, value, false);
  }
}
