package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.sparkml.fits.TrainingSummary;

class RnnRegressorTest {
  /** Twelve epochs come that close; loads lie between 20 and 30. */
  private static final double CLOSE = 1.5;

  private static List<Row> predicted(RnnRegressionModel model, Dataset<Row> rows) {
    return model.transform(rows).orderBy("id").collectAsList();
  }

  private static void requireClose(double predicted, double expected) {
    assertThat(predicted).isCloseTo(expected, Offset.offset(2 * CLOSE));
  }

  @Test
  void aPipelineIsMeasuredBySparksEvaluatorAndSaved(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Loads.frame(110);
    var doubled = new SQLTransformer().setStatement("SELECT id, series, load FROM __THIS__");
    var pipeline = new Pipeline().setStages(new PipelineStage[] {doubled, Loads.regressor()});
    PipelineModel model = pipeline.fit(rows);
    Dataset<Row> predicted = model.transform(rows);
    assertThat(predicted.schema()).isEqualTo(pipeline.transformSchema(rows.schema()));
    var evaluator = new RegressionEvaluator().setLabelCol("load");
    assertThat(evaluator.evaluate(predicted)).isLessThan(CLOSE);
    TrainingSummary summary = ((RnnRegressionModel) model.stages()[1]).summary();
    assertThat(summary.epochs().get(summary.bestEpoch() - 1).value("rmse")).isLessThan(CLOSE);

    String place = folder.resolve("model").toString();
    model.write().save(place);
    assertThat(PipelineModel.load(place).transform(rows).collectAsList())
        .isEqualTo(predicted.collectAsList());
  }

  @Test
  void partitionsChangeNoBit() {
    Dataset<Row> rows = Loads.frame(60);
    RnnRegressor quick = Loads.regressor().setMaxIter(2).setNumWorkers(2).setSyncEvery(3);
    RnnRegressionModel model = quick.fit(rows);
    RnnRegressionModel other = quick.fit(rows.repartition(5));
    assertThat(other.summary().parametersSha256()).isEqualTo(model.summary().parametersSha256());
    List<Row> expected = predicted(model, rows);
    assertThat(predicted(other, rows.repartition(7))).isEqualTo(expected);
    List<Row> alone = predicted(other.setInferBatchSize(1), rows);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(alone.get(i).<Double>getAs("prediction"))
          .isCloseTo(expected.get(i).getAs("prediction"), Offset.offset(1e-4));
    }
  }

  @Test
  void severalNumbersAreAnArrayOrAVectorAsTheLabelIs() {
    Dataset<Row> rows = Loads.frame(110);
    RnnRegressionModel arrays = Loads.regressor().setLabelCol("both").fit(rows);
    for (Row row : predicted(arrays, rows)) {
      List<Double> predicted = row.getList(row.fieldIndex("prediction"));
      assertThat(predicted).hasSize(2);
      requireClose(predicted.get(0), row.<Double>getAs("load"));
      requireClose(predicted.get(1), 3 - (row.<Double>getAs("load") - 20) / 10);
    }
    RnnRegressionModel vectors = Loads.regressor().setLabelCol("vector").fit(rows);
    List<Row> ofArrays = predicted(arrays, rows);
    List<Row> ofVectors = predicted(vectors, rows);
    for (int i = 0; i < ofArrays.size(); i++) {
      Vector vector = ofVectors.get(i).getAs("prediction");
      List<Double> array = ofArrays.get(i).getList(ofArrays.get(i).fieldIndex("prediction"));
      requireClose(vector.apply(0), array.get(0));
      assertThat(vector.size()).isEqualTo(2);
    }
  }

  @Test
  void oneNumberInAnArrayStaysInOne() {
    Dataset<Row> rows =
        Loads.frame(40)
            .selectExpr("id", "series", "array(load) AS one", "array(array(load)) AS no");
    RnnRegressionModel model = Loads.regressor().setLabelCol("one").setMaxIter(1).fit(rows);
    for (Row row : predicted(model, rows)) {
      assertThat(row.getList(row.fieldIndex("prediction"))).hasSize(1);
    }
  }

  @Test
  void stepsHaveNumbersOfTheirOwn(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Loads.frame(110);
    RnnRegressor perStep = Loads.regressor().setPerStep(true);
    RnnRegressionModel model = perStep.setLabelCol("each").fit(rows);
    assertThat(type(model, rows).sameType(DataTypes.createArrayType(DataTypes.DoubleType, false)))
        .isTrue();
    for (Row row : predicted(model, rows)) {
      List<Double> series = row.getList(row.fieldIndex("series"));
      List<Double> predicted = row.getList(row.fieldIndex("prediction"));
      assertThat(predicted).hasSameSizeAs(series);
      for (int t = 0; t < predicted.size(); t++) {
        requireClose(predicted.get(t), Loads.load(series.get(t)));
      }
    }
    String place = folder.resolve("model").toString();
    model.save(place);
    assertThat(predicted(RnnRegressionModel.load(place), rows)).isEqualTo(predicted(model, rows));
  }

  @Test
  void stepsHaveSeveralNumbersAsArraysOrVectors() {
    Dataset<Row> rows = Loads.frame(40);
    RnnRegressor perStep = Loads.regressor().setPerStep(true).setMaxIter(1);
    RnnRegressionModel pairs = perStep.setLabelCol("pairs").fit(rows);
    RnnRegressionModel vectors = perStep.setLabelCol("vectors").fit(rows);
    assertThat(type(vectors, rows)).isEqualTo(notNull(rows.schema().apply("vectors").dataType()));
    List<Row> ofPairs = predicted(pairs, rows);
    List<Row> ofVectors = predicted(vectors, rows);
    for (int i = 0; i < ofPairs.size(); i++) {
      var steps = ofPairs.get(i).<scala.collection.Seq<Double>>getList(8);
      List<Vector> same = ofVectors.get(i).getList(8);
      assertThat(steps).hasSize(ofPairs.get(i).getList(1).size()).hasSameSizeAs(same);
      for (int t = 0; t < same.size(); t++) {
        assertThat(steps.get(t).apply(0)).isEqualTo(same.get(t).apply(0));
        assertThat(steps.get(t).apply(1)).isEqualTo(same.get(t).apply(1));
      }
    }
  }

  private static DataType type(RnnRegressionModel model, Dataset<Row> rows) {
    return model.transformSchema(rows.schema()).apply("prediction").dataType();
  }

  private static DataType notNull(DataType array) {
    var elements = ((org.apache.spark.sql.types.ArrayType) array).elementType();
    return DataTypes.createArrayType(elements, false);
  }
}
