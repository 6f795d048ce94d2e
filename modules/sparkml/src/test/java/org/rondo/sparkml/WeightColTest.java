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
import org.rondo.sparkml.fits.TrainingSummary;

/** A row of weight 2 is two rows. */
class WeightColTest {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "text STRING, label STRING, stars DOUBLE, weight DOUBLE, none DOUBLE, mark BOOLEAN");

  /**
   * The words m, x and y are more frequent in this order whether rows are repeated or not, so that
   * their ids are the same.
   *
   * @param times how often each row of weight 2 is there
   */
  private static Dataset<Row> rows(int times) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 12; i++) {
      boolean x = i % 3 < 2;
      String text = "m m " + (x ? "x" : "y");
      String label = x ? "glad" : "sad";
      double weight = x ? 2 : 1;
      for (int n = 0; n < (x ? times : 1); n++) {
        rows.add(RowFactory.create(text, label, x ? 1.0 : -1.0, weight, 0.0, false));
      }
    }
    rows.add(RowFactory.create("m m x", "glad", 1.0, 1.0, 0.0, true));
    rows.add(RowFactory.create("m m y", "sad", -1.0, 1.0, 0.0, true));
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  /** All rows are one minibatch. */
  private static RnnClassifier classifier() {
    return Sayings.classifier()
        .setMaxIter(4)
        .setBatchSize(32)
        .setHiddenSize(4)
        .setValidationIndicatorCol("mark");
  }

  private static List<Double> losses(RnnClassifier classifier, Dataset<Row> rows) {
    return classifier.fit(rows).summary().epochs().stream()
        .map(TrainingSummary.Epoch::trainingLoss)
        .toList();
  }

  @Test
  void aWeightedFitIsThatOfRepeatedRows() {
    List<Double> weighted = losses(classifier().setWeightCol("weight"), rows(1));
    List<Double> repeated = losses(classifier(), rows(2));
    List<Double> plain = losses(classifier(), rows(1));
    assertThat(weighted).hasSize(4);
    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(weighted.get(epoch)).isCloseTo(repeated.get(epoch), within(1e-5));
    }
    assertThat(Math.abs(plain.get(3) - repeated.get(3))).isGreaterThan(1e-3);
  }

  @Test
  void numbersAreWeightedToo() {
    RnnRegressor regressor =
        new RnnRegressor()
            .setFeaturesCol("text")
            .setLabelCol("stars")
            .setHiddenSize(4)
            .setNumLayers(1)
            .setMaxIter(1)
            .setBatchSize(32)
            .setValidationIndicatorCol("mark");
    double plain = regressor.fit(rows(1)).summary().epochs().get(0).trainingLoss();
    double weighted =
        regressor.setWeightCol("weight").fit(rows(1)).summary().epochs().get(0).trainingLoss();
    assertThat(weighted).isNotEqualTo(plain);
  }

  @Test
  void columnsAndValuesThatCannotBeAreNamed() {
    RnnClassifier classifier = classifier();
    assertThatThrownBy(() -> classifier.setWeightCol("wait").transformSchema(SCHEMA))
        .hasMessageContaining("weightCol = wait: the rows have no such column");
    assertThatThrownBy(() -> classifier.setWeightCol("none").fit(rows(1)))
        .hasMessageContaining("have the weight 0");
    assertThatThrownBy(() -> classifier.setWeightCol("stars").fit(rows(1)))
        .hasMessageContaining("column stars holds -1.0; a weight must be a finite number");
  }
}
