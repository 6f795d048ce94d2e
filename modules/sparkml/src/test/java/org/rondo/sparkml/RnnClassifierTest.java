package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.sparkml.fits.TrainingSummary;

class RnnClassifierTest {
  @Test
  void aTextIsClassifiedAndTheNumberStandsForItsLabel() {
    Dataset<Row> rows = Sayings.frame(120);
    RnnClassifierModel model = Sayings.classifier().fit(rows);
    assertThat(model.labels()).containsExactly("even", "glad", "sad");
    Dataset<Row> predicted = model.transform(rows);
    assertThat(predicted.schema().fieldNames())
        .containsExactly("id", "text", "label", "rawPrediction", "probability", "prediction");
    Dataset<Row> named =
        new IndexToString().setInputCol("prediction").setOutputCol("said").transform(predicted);
    long right = named.filter("said = label").count();
    assertThat(right).isGreaterThan(110);
    for (Row row : named.collectAsList()) {
      Vector probability = row.getAs("probability");
      double sum = 0;
      for (double p : probability.toArray()) {
        sum += p;
      }
      assertThat(sum).isBetween(0.999, 1.001);
      assertThat((double) row.<Double>getAs("prediction")).isEqualTo(probability.argmax());
    }
    TrainingSummary summary = model.summary();
    assertThat(summary.epochs()).hasSize(6);
    assertThat(summary.epochs().get(5).trainingLoss())
        .isLessThan(summary.epochs().get(0).trainingLoss());
    assertThat(summary.epochs().get(summary.bestEpoch() - 1).value("accuracy")).isGreaterThan(0.8);
    assertThat(summary.parametersSha256()).hasSize(64);
  }

  @Test
  void longTextsAreCutWhereThatIsAsked() {
    Dataset<Row> rows = Sayings.frame(40);
    RnnClassifier quick = Sayings.classifier().setMaxIter(1);
    String all = quick.fit(rows).summary().parametersSha256();
    RnnClassifierModel first = quick.setMaximumLength(2).fit(rows);
    RnnClassifierModel last = quick.setKeep("last").fit(rows);
    assertThat(first.summary().rows()).contains("cut rows");
    assertThat(first.summary().parametersSha256())
        .isNotEqualTo(all)
        .isNotEqualTo(last.summary().parametersSha256());
    Dataset<Row> cut = rows.selectExpr("substring_index(text, ' ', 2) AS text");
    assertThat(first.transform(cut).select("probability").collectAsList())
        .isEqualTo(first.transform(rows).select("probability").collectAsList());
    assertThatThrownBy(() -> quick.setKeep("middle")).hasMessageContaining("keep");
  }

  @Test
  void aPipelineOfSparksStagesLearnsAndIsMeasuredAndSaved(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Sayings.frame(120);
    var pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new RegexTokenizer().setInputCol("text").setOutputCol("words"),
                  new StringIndexer().setInputCol("label").setOutputCol("mood"),
                  Sayings.classifier().setFeaturesCol("words").setLabelCol("mood")
                });
    PipelineModel model = pipeline.fit(rows);
    Dataset<Row> predicted = model.transform(rows);
    var evaluator = new MulticlassClassificationEvaluator().setLabelCol("mood");
    assertThat(evaluator.setMetricName("accuracy").evaluate(predicted)).isGreaterThan(0.9);
    assertThat(evaluator.setMetricName("logLoss").evaluate(predicted)).isLessThan(0.7);

    String place = folder.resolve("model").toString();
    model.write().save(place);
    List<Row> again = PipelineModel.load(place).transform(rows).collectAsList();
    assertThat(again).isEqualTo(predicted.collectAsList());
  }
}
