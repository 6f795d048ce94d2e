package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnForecasterTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("store STRING, day BIGINT, sales DOUBLE, visits INT");

  /** Of a period of 4 steps, around a level of the store. */
  private static double sales(int store, int day) {
    return 10 * store + new double[] {0, 3, 1, 2}[day % 4];
  }

  private static List<Row> series(int store, int days) {
    var rows = new ArrayList<Row>();
    for (int day = 0; day < days; day++) {
      rows.add(RowFactory.create("s" + store, (long) day, sales(store, day), day % 4));
    }
    return rows;
  }

  private static Dataset<Row> frame(int stores, Row... more) {
    var rows = new ArrayList<Row>(List.of(more));
    for (int store = 0; store < stores; store++) {
      rows.addAll(series(store, 40));
    }
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  private static RnnForecaster forecaster() {
    return new RnnForecaster()
        .setIdCol("store")
        .setTimeCol("day")
        .setTargetCols(new String[] {"sales", "visits"})
        .setHorizon(2)
        .setInputSize(6)
        .setHiddenSize(12)
        .setNumLayers(1)
        .setBatchSize(4)
        .setMaxIter(1)
        .setValidationFraction(0.3);
  }

  @Test
  void theStepsBehindTheLastOnesAreForecast(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = frame(3);
    RnnForecaster forecaster =
        forecaster().setMaxIter(12).setLearningRate(0.02).setLevel(new int[] {90, 50});
    RnnForecasterModel model = forecaster.fit(rows);
    Dataset<Row> forecasts =
        model.transform(rows.repartition(5)).orderBy("unique_id", "target", "step");
    assertThat(forecasts.schema()).isEqualTo(model.transformSchema(rows.schema()));
    assertThat(forecasts.schema()).isEqualTo(forecaster.transformSchema(rows.schema()));
    assertThat(forecasts.columns())
        .endsWith("forecast", "lower_50", "upper_50", "lower_90", "upper_90", "rejected");
    List<Row> told = forecasts.collectAsList();
    assertThat(told).hasSize(3 * 2 * 2);
    for (int store = 0; store < 3; store++) {
      for (int step = 1; step <= 2; step++) {
        Row row = told.get(4 * store + step - 1);
        assertThat(row.getString(0)).isEqualTo("s" + store);
        assertThat(row.getString(1)).isEqualTo("sales");
        assertThat(row.getString(2)).isEqualTo(Integer.toString(39 + step));
        assertThat(row.getInt(3)).isEqualTo(step);
        assertThat(row.getDouble(4)).isCloseTo(sales(store, 39 + step), within(0.7));
        double narrow = row.getDouble(6) - row.getDouble(4);
        assertThat(narrow).isBetween(1e-6, 0.7);
        assertThat(row.getDouble(4) - row.getDouble(5)).isCloseTo(narrow, within(1e-9));
        assertThat(row.getDouble(8) - row.getDouble(4)).isBetween(narrow, 1.5);
      }
    }
    String place = folder.resolve("model").toString();
    model.save(place);
    assertThat(
            RnnForecasterModel.load(place)
                .transform(rows)
                .orderBy("unique_id", "target", "step")
                .collectAsList())
        .isEqualTo(told);
  }

  @Test
  void aSeriesThatCannotBeUsedIsNamedOrLeftOut() {
    Dataset<Row> rows = frame(2, series(7, 3).toArray(Row[]::new));
    assertThatThrownBy(() -> forecaster().fit(rows))
        .hasMessageContaining("handleInvalid = skip leaves")
        .hasMessageContaining("s7")
        .hasMessageContaining("fewer than 8");
    RnnForecasterModel model = forecaster().setHandleInvalid("skip").fit(rows);
    assertThat(model.transform(rows).count()).isEqualTo(2 * 2 * 2);
    model.setHandleInvalid("keep");
    List<Row> rejected = model.transform(rows).filter("rejected IS NOT NULL").collectAsList();
    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0).getString(0)).isEqualTo("s7");
    model.setHandleInvalid("error");
    Refusals.assertEndsAtOnce(() -> model.transform(rows).collectAsList(), "fewer than 6");
  }

  @Test
  void allSeriesMayHaveOneScale() {
    Dataset<Row> rows = frame(2);
    String own = forecaster().fit(rows).summary().parametersSha256();
    assertThat(forecaster().setScaleOver("all").fit(rows).summary().parametersSha256())
        .isNotEqualTo(own);
    assertThatThrownBy(() -> forecaster().setScaleOver("none")).hasMessageContaining("scaleOver");
  }

  @Test
  void theStateIsCarriedAlongASeries() {
    Dataset<Row> rows = frame(3);
    RnnForecaster carried =
        forecaster()
            .setWindows("carried")
            .setUnroll(7)
            .setMaxIter(20)
            .setLearningRate(0.02)
            .setLevel(new int[] {80});
    RnnForecasterModel model = carried.fit(rows);
    List<Row> told =
        model
            .transform(rows.repartition(5))
            .filter("target = 'sales'")
            .orderBy("unique_id", "step")
            .collectAsList();
    assertThat(told).hasSize(3 * 2);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).getDouble(4)).isCloseTo(sales(i / 2, 40 + i % 2), within(0.7));
      assertThat(told.get(i).getDouble(6)).isGreaterThan(told.get(i).getDouble(4));
    }
    // Updates are as many as unroll says.
    assertThat(carried.copy(new ParamMap()).setUnroll(28).fit(rows).transform(rows).collectAsList())
        .isNotEqualTo(model.transform(rows).collectAsList());
    assertThatThrownBy(
            () -> forecaster().setWindows("carried").setSegment(2).transformSchema(SCHEMA))
        .hasMessageStartingWith("segment = 2: must be 1 with windows = carried");
    assertThatThrownBy(
            () -> forecaster().setWindows("carried").setBidirectional(true).transformSchema(SCHEMA))
        .hasMessage(
            "bidirectional = true: sees the steps to forecast where windows = carried; it must be false, or windows = sampled");
    assertThat(forecaster().setBidirectional(true).transformSchema(SCHEMA).fieldNames())
        .contains("forecast");
  }

  @Test
  void withoutAnIdThereIsOneSeries() {
    // What is to come is known of the visits.
    Dataset<Row> rows =
        frame(1).selectExpr("day AS ds", "CASE WHEN day < 37 THEN sales END AS y", "visits");
    RnnForecasterModel model =
        new RnnForecaster()
            .setHorizon(3)
            .setLoss("quantile")
            .setLevel(new int[] {80})
            .setFutrExogCols(new String[] {"visits"})
            .setHiddenSize(4)
            .setMaxIter(1)
            .setValidationFraction(0.4)
            .fit(rows);
    assertThat(model.transform(rows).selectExpr("ds").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("37", "38", "39");
    assertThatThrownBy(() -> model.transform(rows.filter("ds < 39")).collectAsList())
        .hasMessageContaining("has rows of 2 of the 3 steps to forecast");
    assertThatThrownBy(() -> model.transform(rows.drop("visits")).collectAsList())
        .hasMessageStartingWith("futrExogCols = visits: the data has no such column");
    StructType texts = rows.schema().add("all", "array<double>");
    assertThatThrownBy(() -> model.copy(new ParamMap()).setTimeCol("all").transformSchema(texts))
        .hasMessageStartingWith("column all is of type array<double>; timeCol takes");
    assertThatThrownBy(() -> model.transformSchema(rows.drop("visits").schema()))
        .hasMessageStartingWith("futrExogCols = visits: the rows have no such column");
    assertThat(
            model.transform(rows).filter("lower_80 <= forecast AND forecast <= upper_80").count())
        .isEqualTo(3);
  }

  @Test
  void typesAreCheckedBeforeAnythingRuns() {
    StructType schema = SCHEMA.add("all", "array<double>").add("hour", "double");
    assertThatThrownBy(
            () -> forecaster().setTargetCols(new String[] {"all"}).transformSchema(schema))
        .hasMessage(
            "data: column all is of type array<double>; as targetCols the task takes a number, or a text that is one; convert it or name another column");
    assertThatThrownBy(
            () -> forecaster().setHistExogCols(new String[] {"all"}).transformSchema(schema))
        .hasMessageContaining("as histExogCols the task takes a number");
    assertThatThrownBy(() -> forecaster().setIdCol("all").transformSchema(schema))
        .hasMessageContaining("column all is of type array<double>; as idCol the task takes");
    assertThatThrownBy(() -> forecaster().setTimeCol("hour").transformSchema(schema))
        .hasMessage(
            "column hour is of type double; timeCol takes a timestamp, a date, a text or a whole number");
  }

  @Test
  void columnsAndParamsAreCheckedBeforeAnythingRuns() {
    assertThatThrownBy(() -> forecaster().setIdCol("shop").transformSchema(SCHEMA))
        .hasMessageContaining("idCol = shop: the rows have no such column");
    assertThatThrownBy(() -> forecaster().setTimeCol("days").transformSchema(SCHEMA))
        .hasMessageContaining("did you mean day?");
    assertThatThrownBy(
            () -> forecaster().setTargetCols(new String[] {"sale"}).transformSchema(SCHEMA))
        .hasMessageContaining("did you mean sales?");
    assertThatThrownBy(() -> forecaster().setSegment(4).transformSchema(SCHEMA))
        .hasMessageStartingWith("segment = 4: ");
    assertThatThrownBy(() -> forecaster().setFrequency("often").transformSchema(SCHEMA))
        .hasMessageContaining("frequency = often: ");
    assertThatThrownBy(() -> forecaster().setLoss("quantile").transformSchema(SCHEMA))
        .hasMessageStartingWith("level = : loss = quantile learns intervals; name their levels");
    assertThatThrownBy(
            () -> forecaster().setStaticCols(new String[] {"size"}).transformSchema(SCHEMA))
        .hasMessageStartingWith("staticCols = size: the rows have no such column");
    assertThatThrownBy(() -> forecaster().setLevel(new int[] {80, 80}))
        .hasMessageContaining("level");
    assertThatThrownBy(() -> forecaster().setInitialModel("language").transformSchema(SCHEMA))
        .hasMessage(
            "initialModel = language: RnnForecaster cannot begin with the layers of another network; clear it");
    assertThatThrownBy(() -> forecaster().setInputSize(0).transformSchema(SCHEMA))
        .hasMessageStartingWith("inputSize = 0: ");
  }
}
