package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.serving.TrainedModel;

/** What a plain JVM predicts of a saved model, beside what {@code transform} does. */
class ServingBitsTest {
  @TempDir private Path folder;

  @Test
  void aClassifierInAServiceIsBitIdenticalToTransform() throws Exception {
    Dataset<Row> rows = Sayings.frame(24);
    RnnClassifierModel model =
        Sayings.classifier().setMaxIter(1).setHiddenSize(20).setInferBatchSize(1).fit(rows);
    List<Row> expected = model.transform(rows).collectAsList();
    model.save(folder.resolve("model").toString());

    try (TrainedModel served = TrainedModel.load(folder.resolve("model/checkpoint"))) {
      for (Row row : expected) {
        Map<?, ?> probabilities =
            (Map<?, ?>)
                served.predict(Map.of("text", row.<String>getAs("text"))).get("probabilities");
        Vector probability = row.getAs("probability");
        for (int i = 0; i < model.labels().length; i++) {
          assertThat(probabilities.get(model.labels()[i])).isEqualTo(probability.apply(i));
        }
      }
    }
  }

  @Test
  void aForecasterInAServiceIsBitIdenticalToTransform() throws Exception {
    var rows = new ArrayList<Row>();
    var history = new double[2 * 6];
    for (int day = 0; day < 30; day++) {
      double sales = 10 + day * 5 % 7;
      double visits = 3 * day % 11;
      rows.add(RowFactory.create("shop", (long) day, sales, visits));
      if (day >= 24) {
        history[2 * (day - 24)] = sales;
        history[2 * (day - 24) + 1] = visits;
      }
    }
    Dataset<Row> series =
        SharedSession.get()
            .createDataFrame(
                rows, StructType.fromDDL("store STRING, day BIGINT, sales DOUBLE, visits DOUBLE"));
    RnnForecasterModel model =
        new RnnForecaster()
            .setIdCol("store")
            .setTimeCol("day")
            .setTargetCols(new String[] {"sales", "visits"})
            .setHorizon(2)
            .setInputSize(6)
            .setHiddenSize(20)
            .setMaxIter(1)
            .setInferBatchSize(1)
            .setValidationFraction(0.3)
            .fit(series);
    List<Row> expected = model.transform(series).orderBy("step", "target").collectAsList();
    model.save(folder.resolve("model").toString());

    try (TrainedModel served = TrainedModel.load(folder.resolve("model/checkpoint"))) {
      Map<String, Object> window =
          Map.of("id", "shop", "channels", List.of("sales", "visits"), "history", history);
      double[] forecast = (double[]) served.predict(window).get("forecast");
      assertThat(forecast).hasSameSizeAs(expected);
      for (int i = 0; i < forecast.length; i++) {
        assertThat(forecast[i]).isEqualTo(expected.get(i).<Double>getAs("forecast"));
      }
      // A series that no training row has is scaled by its own steps.
      assertThat((double[]) served.predict(without(window, "id")).get("forecast"))
          .hasSize(4)
          .isNotEqualTo(forecast);
    }
  }

  private static Map<String, Object> without(Map<String, Object> row, String role) {
    var rest = new HashMap<>(row);
    rest.remove(role);
    return rest;
  }
}
