package org.rondo.sparkml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.evaluation.forecasts.Forecaster;
import org.rondo.frames.windows.RollingOrigin;
import org.rondo.frames.windows.RollingScores;
import org.rondo.sparkml.fits.RollingForecasts;

/** What a {@link RollingOriginValidator} found. */
public final class RollingOriginResult {
  private static final StructType SCORES =
      new StructType()
          .add("window", DataTypes.IntegerType)
          .add("cutoff", DataTypes.StringType)
          .add("metric", DataTypes.StringType)
          .add("network", DataTypes.DoubleType)
          .add("naive", DataTypes.DoubleType)
          .add("seasonal_naive", DataTypes.DoubleType);

  /** A model and the origins that it forecasts from. */
  record Fit(RnnForecasterModel model, RollingOrigin origin) {}

  private final List<Fit> fits;
  private final Dataset<Row> rows;
  private final double validationFraction;
  private RollingScores scores;

  RollingOriginResult(List<Fit> fits, Dataset<Row> rows, double validationFraction) {
    this.fits = List.copyOf(fits);
    this.rows = rows;
    this.validationFraction = validationFraction;
  }

  /** The models, in the order of the origins; one if there was no refit. */
  public List<RnnForecasterModel> models() {
    return fits.stream().map(Fit::model).toList();
  }

  /**
   * A row for each step of each window: {@code unique_id}, {@code target}, {@code window} (from 1,
   * the earliest), {@code cutoff} (the last known time), {@code ds}, {@code step}, {@code
   * forecast}, the ends of the intervals of {@code level}, {@code y} (what came), {@code naive}
   * (the last known value), {@code seasonal_naive} (with a {@code season}) and {@code rejected}
   * (why a series has no forecasts; it has one row).
   */
  public Dataset<Row> forecasts() {
    return fits.stream()
        .map(fit -> rolling(fit).forecasts(rows))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /**
   * A row for each metric of each window, and of all windows together, where {@code window} is
   * null: {@code cutoff} (null where it is not the same for all series), {@code metric}, {@code
   * network}, {@code naive} and {@code seasonal_naive}, which are null where nothing is to be said.
   */
  public Dataset<Row> scores() {
    var table = new ArrayList<Row>();
    RollingScores found = measured();
    for (RollingScores.OfWindow window : found.windows()) {
      add(window.window(), window.cutoff(), window.scores(), table);
    }
    add(null, "", found.all(), table);
    return rows.sparkSession().createDataFrame(table, SCORES);
  }

  /** A metric over all windows; NaN if it was not measured. */
  public double score(String metric) {
    return Score.value(measured().all().all(), metric);
  }

  private synchronized RollingScores measured() {
    if (scores == null) {
      scores = RollingForecasts.scores(fits.stream().map(this::rolling).toList(), rows);
    }
    return scores;
  }

  private RollingForecasts rolling(Fit fit) {
    return fit.model().rolling(fit.origin(), validationFraction, rows);
  }

  private static void add(Integer window, String cutoff, Scores scores, List<Row> table) {
    for (Score score : scores.all()) {
      Map<String, Double> others = scores.details().getOrDefault(score.name(), Map.of());
      table.add(
          RowFactory.create(
              window,
              cutoff.isEmpty() ? null : cutoff,
              score.name(),
              finite(score.value()),
              finite(others.get(Forecaster.NAIVE.word())),
              finite(others.get(Forecaster.SEASONAL_NAIVE.word()))));
    }
  }

  private static Double finite(Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }
}
