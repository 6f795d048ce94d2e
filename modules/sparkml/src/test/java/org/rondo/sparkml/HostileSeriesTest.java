package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.frames.stream.StreamPlan;
import org.rondo.ingest.IngestException;

/** Series that cannot be learned are named in one sentence; no score or forecast is NaN. */
class HostileSeriesTest {
  private static RnnForecaster forecaster() {
    return new RnnForecaster()
        .setHorizon(2)
        .setInputSize(4)
        .setHiddenSize(4)
        .setNumLayers(1)
        .setMaxIter(1)
        .setValidationFraction(0.3);
  }

  private static RnnAnomalyDetector detector() {
    return new RnnAnomalyDetector()
        .setTargetCols(new String[] {"y"})
        .setProbation(2)
        .setUnroll(10)
        .setHiddenSize(4)
        .setNumLayers(1)
        .setMaxIter(1)
        .setValidationFraction(0.3);
  }

  /** Thirty steps of one series. */
  private static Dataset<Row> frame() {
    return SharedSession.get()
        .range(0, 30, 1, 2)
        .selectExpr("'a' AS unique_id", "id AS ds", "CAST(3 + id % 4 AS DOUBLE) AS y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y | CASE WHEN ds < 0 THEN y END | row unique_id = a, ds = 0, y = null: column y has no value",
        "y | IF(ds = 7, DOUBLE('NaN'), y) | row unique_id = a, ds = 7, y = null: column y has no value",
        "y | IF(ds = 7, DOUBLE('Infinity'), y) | ds = 7, y = Infinity: column y holds Infinity, which is no finite",
        "y | IF(ds = 7, 1e300, y) | column y holds 1.0E300, which is beyond half the range of a float",
        "y | IF(ds = 7, -1.8e38, y) | column y holds -1.8E38, which is beyond half the range of a float",
        "y | 5D | all training values are the same; there is nothing to forecast",
        "ds | IF(ds = 7, 6, ds) | its time 6 has other values in",
        "ds | IF(ds > 7, ds + 2, ds) | 2 steps of 1 are missing between 7 and its time 10",
        "ds | concat('day ', ds) | column ds holds \"day 0\", which is no time: times are such as",
        "ds | IF(ds = 7, '2026-01-01', STRING(ds)) | its time is on the calendar, or a number, where",
      })
  void whatCannotBeForecastIsNamed(String column, String as, String sentence) {
    Dataset<Row> rows = frame().withColumn(column, functions.expr(as));
    assertThatThrownBy(() -> forecaster().fit(rows))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y | IF(ds = 7, DOUBLE('Infinity'), y) | ds = 7, y = Infinity: column y holds Infinity, which is no finite",
        "y | 5D | no training series changes; there is nothing to learn",
        "ds | IF(ds = 7, 6, ds) | its time 6 has other values in",
        "unique_id | STRING(ds) | has 0 steps to learn, fewer than 2",
      })
  void whatHasNoAnomaliesIsNamed(String column, String as, String sentence) {
    Dataset<Row> rows = frame().withColumn(column, functions.expr(as));
    assertThatThrownBy(() -> detector().fit(rows))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining(sentence);
  }

  /** Scores are made of columns of Rondo's own, which no message may show. */
  @Test
  void whatCannotBeScoredIsNamed() {
    Dataset<Row> rows =
        frame()
            .withColumnsRenamed(Map.of("unique_id", "plant", "ds", "hour", "y", "load"))
            .withColumn("hour", functions.expr("STRING(hour)"));
    RnnAnomalyDetector learner =
        detector().setIdCol("plant").setTimeCol("hour").setTargetCols(new String[] {"load"});
    RnnAnomalyDetectorModel model = learner.fit(rows).setHandleInvalid("keep");
    Dataset<Row> bad =
        rows.withColumn("load", functions.expr("IF(hour = '7', DOUBLE('Infinity'), load)"))
            .withColumn("hour", functions.expr("IF(hour = '8', 'noon', hour)"));
    for (Dataset<Row> scored : List.of(model.transform(bad), model.scoreStream(bad))) {
      assertThat(scored.filter("rejected IS NOT NULL").select("rejected").collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrder(
              "row plant = a, load = Infinity: column load holds Infinity, which is no finite number",
              "row plant = a, load = 3.0: column hour has no value, or one that is no time: times are such as 2016-07-01, 2016-07-01 14:30:00 or 42");
    }
    Dataset<Row> endless = bad.filter("hour != 'noon'");
    RnnAnomalyDetectorModel strict = model.copy(new ParamMap()).setHandleInvalid("error");
    for (Dataset<Row> refused : List.of(strict.alarms(endless), strict.streamStates(endless))) {
      Refusals.assertEndsAtOnce(
          refused::collectAsList,
          "row plant = a, load = Infinity: column load holds Infinity, which is no finite number");
    }
    assertThat(model.streamStates(bad).count()).isEqualTo(1);
    assertThatThrownBy(() -> model.scoreStream(bad, StreamPlan.of("load", "hour")))
        .hasMessage(
            "keys = [load]: must be idCol = plant alone, since a state is that of one series");
    Dataset<Row> dated = rows.withColumn("load", functions.expr("DATE '2026-01-01'"));
    String wrong =
        "data: column load is of type date; as targetCols the task takes a number, or a text that is one; convert it or name another column";
    assertThatThrownBy(() -> model.transform(dated)).hasMessage(wrong);
    assertThatThrownBy(() -> model.scoreStream(dated)).hasMessage(wrong);
    assertThatThrownBy(() -> learner.fit(dated)).hasMessage(wrong);
    assertThatThrownBy(() -> learner.setTargetCols(new String[] {"load", "load"}).fit(rows))
        .hasMessage("targetCols = [load, load]: names a column twice");
  }

  @Test
  void noRowsAreToldAsSuch() {
    Dataset<Row> none = frame().filter("ds < 0");
    assertThatThrownBy(() -> forecaster().fit(none))
        .hasMessage("data: there is no row to cut windows from");
    assertThatThrownBy(() -> detector().fit(none))
        .hasMessage("data: there is no row to cut windows from");
  }

  @Test
  void adviceNamesParams() {
    assertThatThrownBy(() -> forecaster().setHorizon(10).fit(frame()))
        .hasMessage(
            "data: the validation part of every series is shorter than 10 steps, the horizon of one forecast; a larger validationFraction makes it longer");
    Dataset<Row> two = frame().union(frame().withColumn("y", functions.lit(1.0)));
    assertThatThrownBy(() -> forecaster().fit(two.drop("unique_id")))
        .hasMessageEndingWith("need a column that says which, named by idCol");
  }

  @Test
  void seriesThatWereNotLearnedHaveNumbersToo() {
    Dataset<Row> others = frame().withColumn("unique_id", functions.lit("b"));
    Dataset<Row> constant = others.withColumn("y", functions.lit(1e30));
    RnnForecasterModel forecasts = forecaster().fit(frame());
    RnnAnomalyDetectorModel scores = detector().fit(frame());
    for (Dataset<Row> rows : List.of(others, constant)) {
      assertThat(forecasts.transform(rows).select("forecast").collectAsList())
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.getDouble(0)).isFinite());
    }
    for (Dataset<Row> rows : List.of(others, constant, others.filter("ds = 0"))) {
      assertThat(scores.transform(rows).select("outlierScore").collectAsList())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.getDouble(0)).isBetween(0.0, 1.0));
    }
  }
}
