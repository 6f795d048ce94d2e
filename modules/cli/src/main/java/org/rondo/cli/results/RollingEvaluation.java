package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.predict.FrameModel;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.frames.sources.FrameSource;
import org.rondo.frames.windows.RollingFrame;
import org.rondo.frames.windows.RollingOrigin;
import org.rondo.frames.windows.RollingScores;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.runs.RowModel;
import org.rondo.runs.ScoreFigures;
import org.rondo.runs.SettingsException;
import org.rondo.tasks.WindowPlan;

/** What forecasts of the last windows of each series are worth, window by window. */
public final class RollingEvaluation {
  /** Series in a picture. */
  private static final int SHOWN = 4;

  private static final String OPTION = "--windows ";

  private final RowModel model;
  private final FrameModel frames;
  private final RollingOrigin origin;

  /**
   * @param stepSize steps from one origin to the next; 0 for the horizon
   * @throws SettingsException if the model makes no forecasts
   */
  public RollingEvaluation(RowModel model, int windows, int stepSize) {
    this.model = model;
    frames = model.ofFrames();
    if (frames.features().forecasts().isEmpty()) {
      throw new SettingsException(
          OPTION + windows + ": is for forecasts, which the task makes none");
    }
    int horizon = frames.features().windows().map(WindowPlan::horizon).orElseThrow();
    origin = RollingOrigin.of(windows, stepSize == 0 ? horizon : stepSize);
  }

  /**
   * Measures them: of the test rows where these are a source of their own, else of what is cut.
   *
   * @param errors by level of intervals that are made by errors
   */
  public RollingScores scores(SparkSession spark, SortedMap<Integer, List<Double>> errors) {
    Dataset<Row> rows = rows(spark);
    RollingFrame rolling = rolling(errors);
    try (var predictor = new FramePredictor(spark, frames, model.parameters())) {
      return rolling.sums(predictor, rows).scores(rolling.metrics());
    }
  }

  /** A picture of the first series. */
  public ForecastChart chart(SparkSession spark, SortedMap<Integer, List<Double>> errors) {
    Dataset<Row> rows = rows(spark);
    String id = frames.columns().getOrDefault("id", "unique_id");
    if (List.of(rows.columns()).contains(id)) {
      Column series = rows.col(ColumnNames.quoted(id));
      Object[] first =
          rows.select(series).distinct().orderBy(series).limit(SHOWN).collectAsList().stream()
              .map(row -> row.get(0))
              .toArray();
      rows = rows.filter(series.isin(first));
    }
    try (var predictor = new FramePredictor(spark, frames, model.parameters())) {
      return new ForecastChart(
          origin,
          rolling(errors).forecasts(predictor, rows).filter("rejected IS NULL").collectAsList());
    }
  }

  private RollingFrame rolling(SortedMap<Integer, List<Double>> errors) {
    SplitPlan splits = model.rows().frames().splits();
    return new RollingFrame(
        frames, origin, isApart(splits) ? Map.of() : splits.fractions(), errors);
  }

  private static boolean isApart(SplitPlan splits) {
    return splits.texts().containsKey(Split.TEST);
  }

  private Dataset<Row> rows(SparkSession spark) {
    SplitPlan splits = model.rows().frames().splits();
    boolean apart = isApart(splits);
    if (!apart && splits.fractions().isEmpty()) {
      throw new SettingsException(
          OPTION + origin.windows() + ": needs test rows, those of data.test");
    }
    String path =
        apart ? splits.texts().get(Split.TEST) : splits.texts().values().iterator().next();
    return new FrameSource(spark, model.rows().source()).read(path);
  }

  /** As a script reads them. */
  public static Map<String, Object> figures(RollingScores scores) {
    var windows = new ArrayList<Map<String, Object>>();
    for (RollingScores.OfWindow window : scores.windows()) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("window", window.window());
      figures.put("cutoff", window.cutoff().isEmpty() ? null : window.cutoff());
      figures.put("forecasts", window.scores().targets());
      figures.putAll(ScoreFigures.of(window.scores().all()));
      windows.add(figures);
    }
    var figures = new LinkedHashMap<String, Object>();
    figures.put("windows", windows);
    figures.put("forecasts", scores.all().targets());
    figures.putAll(ScoreFigures.of(scores.all().all()));
    return figures;
  }

  /** As a person reads them. */
  public static List<String> lines(RollingScores scores) {
    var lines = new ArrayList<String>();
    for (RollingScores.OfWindow window : scores.windows()) {
      String name =
          window.cutoff().isEmpty()
              ? String.format(Locale.ROOT, "window %d", window.window())
              : window.cutoff();
      List<String> own = ForecastTable.lines(name, window.scores());
      lines.add(own.get(0));
      lines.add(own.get(1));
    }
    lines.addAll(ForecastTable.lines("all windows", scores.all()));
    return lines;
  }
}
