package org.rondo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.results.PredictedAnomalies;
import org.rondo.cli.results.PredictedImages;
import org.rondo.cli.results.PredictedLines;
import org.rondo.cli.results.PrintedRows;
import org.rondo.cli.results.WrittenRows;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.frames.predict.EvenParts;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.frames.sources.FrameSource;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.frames.windows.ForecastFrame;
import org.rondo.ingest.LocalFiles;
import org.rondo.runs.Plans;
import org.rondo.runs.RowModel;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.spark.SparkStart;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;
import org.rondo.training.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo predict}: what a trained network makes of rows. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Predicts rows with the best checkpoint of a run.",
    description = {
      "The input is read as data.format, data.options, data.columns and data.sql say. The rows with",
      "their predictions beside them go to a new folder, or as lines of JSON to standard output.",
      "From standard input a line is a row: its text, or its tokens separated by white space."
    })
final class PredictCommand implements Callable<Integer> {
  private static final String LINES = "-";
  private static final String ALARMS_HINT =
      "--alarms FOLDER writes the alarms as intervals with their channels";
  private static final String INTERVALS_HINT =
      "next     --level 80,95 adds intervals around the forecasts";
  private static final String COVERAGE_HINT =
      "next     rondo evaluate --windows 5 --chart FILE.svg draws such forecasts over what came";
  private static final String CHART_HINT =
      "--chart FILE.svg draws scores and alarms over the series";

  @Mixin private RunOptions options;
  @Mixin private CheckpointOption checkpoint;
  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      description =
          "Rows: a path or table, or - for lines from standard input, answered one by one.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = "A new folder for the rows; by default standard output.")
  private String output;

  @Option(
      names = "--output-format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description = "parquet, json, orc, csv or another that Spark writes; by default parquet.")
  private String format;

  @Option(
      names = "--images",
      paramLabel = "PATH",
      description =
          "With regression.target = next, in place of --output: a new folder for a PNG of each row, its images above those predicted.")
  private String images;

  @Option(
      names = "--alarms",
      paramLabel = "PATH",
      description = "Of task = anomaly: a new folder for the alarms as intervals, beside the rows.")
  private String alarms;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description =
          "Of task = anomaly: a new SVG file that draws scores and alarms over the series.")
  private String chart;

  @Option(
      names = "--level",
      paramLabel = "PERCENT",
      defaultValue = "",
      description = {
        "Of forecasts: intervals that cover so much, such as 80,95, by the errors on the validation",
        "rows of the configuration."
      })
  private String level;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = options.settings();
    var plans = new Plans(settings);
    plans.check();
    var intervals = new ForecastIntervals(level);
    boolean lines = input.equals(LINES);
    if (output != null && images != null) {
      throw new SettingsException("--images takes the place of --output; give one of them");
    }
    if (lines) {
      requireNoFolder();
      PredictedLines.requireLines(plans);
    }
    Configuration hadoop = SparkStart.hadoop(settings, options.master());
    if (output != null) {
      requireNew("--output", output, hadoop);
    }
    if (images != null) {
      requireNew("--images", images, hadoop);
    }
    if (alarms != null) {
      requireNew("--alarms", alarms, hadoop);
    }
    if (chart != null) {
      requireNew("--chart", chart, hadoop);
    }
    Checkpoint trained = checkpoint.open(plans, hadoop);
    RowModel model = RowModel.of(plans, trained);
    requireAnomalies(model);
    Optional<PredictedImages> strips =
        Optional.ofNullable(images).map(folder -> new PredictedImages(model, folder));
    var status = StatusLine.standardError(spec.commandLine().getErr());
    try (var interrupts = Interrupts.listen(status)) {
      interrupts.starting();
      if (lines) {
        new PredictedLines(model).answer(System.in, spec.commandLine().getOut());
      } else {
        try (var spark = new CommandSpark("predict", settings, options.master(), status)) {
          var validation = new EvaluationRows(plans, trained, hadoop, interrupts.preparing());
          Features features = model.ofFrames().features();
          SortedMap<Integer, List<Double>> errors =
              intervals.errors(features, validation, spark, status);
          List<Integer> learned =
              features.forecasts().map(ForecastLayout::levels).orElse(List.of());
          if (PredictedAnomalies.are(model)) {
            scoreRows(model, spark.session(), hadoop, status);
          } else {
            var forecasts = new ForecastFrame(learned, errors);
            predictRows(model, forecasts, spark.session(), hadoop, strips, status);
            if (features.forecasts().isPresent()) {
              boolean none = learned.isEmpty() && errors.isEmpty();
              status.say(none ? INTERVALS_HINT : COVERAGE_HINT);
            }
          }
        }
        if (images != null) {
          status.say("the predicted images are in " + images);
        }
      }
    }
    return ExitCode.DONE.number();
  }

  private void requireNoFolder() {
    if (output != null || images != null) {
      String given = output != null ? "--output" : "--images";
      throw new SettingsException(
          String.format(Locale.ROOT, "--input - answers on standard output; leave %s away", given));
    }
  }

  private void requireAnomalies(RowModel model) {
    if ((alarms != null || chart != null) && !PredictedAnomalies.are(model)) {
      throw new SettingsException(
          (alarms != null ? "--alarms" : "--chart") + " is for task = anomaly, which this is not");
    }
  }

  private void scoreRows(
      RowModel model, SparkSession spark, Configuration hadoop, StatusLine status)
      throws IOException, InterruptedException {
    Dataset<Row> rows = new FrameSource(spark, model.rows().source()).read(input);
    try (var anomalies = new PredictedAnomalies(spark, model, rows)) {
      write(spark, RowOrigin.dropped(anomalies.scored()), status);
      if (alarms != null) {
        anomalies.alarms().write().format(format).save(alarms);
      }
      String shown = chart == null ? CHART_HINT : draw(anomalies, hadoop);
      anomalies.summary().forEach(status::say);
      status.say(alarms == null ? ALARMS_HINT : "the alarms are in " + alarms);
      status.say(shown);
    }
  }

  /** A sentence on the chart. */
  private String draw(PredictedAnomalies anomalies, Configuration hadoop) throws IOException {
    Optional<String> svg = anomalies.chart();
    if (svg.isEmpty()) {
      return "there is no chart: no row was scored";
    }
    try (var out = LocalFiles.create(new Path(chart), hadoop)) {
      out.write(svg.get().getBytes(StandardCharsets.UTF_8));
    }
    return "the chart is " + chart;
  }

  private void predictRows(
      RowModel model,
      ForecastFrame forecasts,
      SparkSession spark,
      Configuration hadoop,
      Optional<PredictedImages> strips,
      StatusLine status)
      throws IOException, InterruptedException {
    Dataset<Row> rows = new FrameSource(spark, model.rows().source()).read(input);
    FrameModel frames = model.ofFrames();
    try (var predictor = new FramePredictor(spark, frames, model.parameters())) {
      Dataset<Row> predicted =
          frames.features().windows().isPresent()
              ? forecasts.of(frames, predictor, Predictor.BATCH, rows)
              : RowOrigin.dropped(predictor.predict(EvenParts.of(spark, rows)));
      if (strips.isPresent()) {
        strips.get().write(predicted.toLocalIterator(), hadoop);
      } else {
        write(spark, predicted, status);
      }
    }
  }

  private void write(SparkSession spark, Dataset<Row> predicted, StatusLine status)
      throws InterruptedException {
    if (output == null) {
      var printed = new PrintedRows();
      printed.print(predicted, spec.commandLine().getOut());
      printed.say(status, input);
    } else {
      requireWritable(spark, predicted);
      var counted = new WrittenRows();
      counted.counted(predicted).write().format(format).save(output);
      counted.say(status, input, output);
    }
  }

  /** Before the job: Spark would find out in its midst. */
  private void requireWritable(SparkSession spark, Dataset<Row> predicted) {
    try {
      DataSource.lookupDataSource(format, spark.sessionState().conf());
    } catch (Exception | NoClassDefFoundError e) { // Scala throws checked exceptions undeclared
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "--output-format %s: Spark knows no such format; there are parquet, json, orc and others",
              format),
          e);
    }
    boolean flat =
        Stream.of(predicted.schema().fields())
            .map(StructField::dataType)
            .noneMatch(type -> type instanceof ArrayType || type instanceof MapType);
    if (format.equals("csv") && !flat) {
      throw new SettingsException(
          "--output-format csv: it cannot hold the lists and maps among the columns; choose json or parquet");
    }
  }

  private static void requireNew(String option, String folder, Configuration hadoop)
      throws IOException {
    var path = new Path(folder);
    if (path.getFileSystem(hadoop).exists(path)) {
      throw new SettingsException(
          String.format(Locale.ROOT, "%s %s exists already; name a new folder", option, folder));
    }
  }
}
