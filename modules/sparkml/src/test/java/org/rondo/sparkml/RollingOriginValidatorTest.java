package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Two series of 36 days, of which two horizons of two days are forecast, three days apart. */
class RollingOriginValidatorTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("unique_id STRING, ds BIGINT, y DOUBLE");

  private static double value(String id, int day) {
    return (id.equals("a") ? 10 : 500) * (3 + Math.sin(2 * Math.PI * day / 4)) + day % 3;
  }

  private static Dataset<Row> rows(int days) {
    var rows = new ArrayList<Row>();
    for (String id : List.of("a", "b")) {
      for (int day = 0; day < days; day++) {
        rows.add(RowFactory.create(id, (long) day, value(id, day)));
      }
    }
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  private static RollingOriginValidator validator() {
    return new RollingOriginValidator()
        .setNWindows(2)
        .setStepSize(3)
        .setEstimator(
            new RnnForecaster()
                .setHorizon(2)
                .setInputSize(6)
                .setSeason(4)
                .setLevel(new int[] {80})
                .setHiddenSize(6)
                .setNumLayers(1)
                .setMaxIter(2)
                .setValidationFraction(0.2));
  }

  private static List<Row> forecasts(RollingOriginResult result) {
    return result.forecasts().orderBy("unique_id", "window", "step").collectAsList();
  }

  @Test
  void forecastsStandBesideWhatCameWithTheirScores() {
    RollingOriginResult result = validator().validate(rows(36));
    List<Row> forecasts = forecasts(result);
    assertThat(forecasts).hasSize(2 * 2 * 2);
    double[] errors = new double[3];
    double[] naive = new double[3];
    for (Row row : forecasts) {
      int window = row.getAs("window");
      int cutoff = window == 1 ? 30 : 33;
      int day = cutoff + row.<Integer>getAs("step");
      String id = row.getAs("unique_id");
      assertThat(row.<String>getAs("cutoff")).isEqualTo("" + cutoff);
      assertThat(row.<String>getAs("ds")).isEqualTo("" + day);
      assertThat(row.<Double>getAs("y")).isEqualTo(value(id, day));
      assertThat(row.<Double>getAs("naive")).isEqualTo(value(id, cutoff));
      assertThat(row.<Double>getAs("seasonal_naive")).isEqualTo(value(id, day - 4));
      assertThat(row.<Double>getAs("lower_80")).isLessThan(row.getAs("forecast"));
      errors[window] += Math.abs(row.<Double>getAs("forecast") - value(id, day)) / 4;
      naive[window] += Math.abs(value(id, cutoff) - value(id, day)) / 4;
    }
    List<Row> maes = result.scores().filter("metric = 'mae'").collectAsList();
    assertThat(maes).extracting(row -> row.get(0)).containsExactly(1, 2, null);
    assertThat(maes).extracting(row -> row.get(1)).containsExactly("30", "33", null);
    for (int window = 1; window <= 2; window++) {
      assertThat(maes.get(window - 1).getDouble(3)).isCloseTo(errors[window], within(1e-3));
      assertThat(maes.get(window - 1).getDouble(4)).isCloseTo(naive[window], within(1e-3));
    }
    assertThat(result.score("mae")).isCloseTo((errors[1] + errors[2]) / 2, within(1e-3));
    assertThat(result.scores().select("metric").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .contains("rmse", "mase", "smape", "rse", "corr", "coverage-80");
  }

  @Test
  void aRefitKnowsWhatCameBefore() {
    Dataset<Row> rows = rows(36);
    RollingOriginResult once = validator().validate(rows);
    RollingOriginResult anew = validator().setRefit(true).validate(rows.repartition(3));
    assertThat(once.models()).hasSize(1);
    assertThat(anew.models()).hasSize(2);
    List<Row> expected = forecasts(once);
    List<Row> found = forecasts(anew);
    for (int i = 0; i < expected.size(); i++) {
      boolean first = expected.get(i).<Integer>getAs("window") == 1;
      assertThat(found.get(i).equals(expected.get(i))).isEqualTo(first);
    }
  }

  @Test
  void aSeriesMustReachBackToTheFirstOrigin() {
    assertThatThrownBy(() -> validator().setNWindows(10).validate(rows(36)))
        .hasMessageContaining("series a that begins there has 5 steps to learn, fewer than 8");
  }
}
