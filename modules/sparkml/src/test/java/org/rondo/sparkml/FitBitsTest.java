package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.kernels.NativeMemory;
import org.rondo.sparkml.fits.TrainingSummary;

/** What decides a fitted model: Params and rows, and nothing of the cluster. */
class FitBitsTest {
  private static RnnClassifier classifier() {
    return Sayings.classifier().setMaxIter(2).setNumWorkers(2).setSyncEvery(3);
  }

  @Test
  void partitionsCachesAndAdaptivePlansChangeNoBit() {
    Dataset<Row> rows = Sayings.frame(90);
    RnnClassifierModel expected = classifier().fit(rows);
    String sha = expected.summary().parametersSha256();
    RnnClassifierModel other = classifier().fit(rows.repartition(7));
    assertThat(other.summary().parametersSha256()).isEqualTo(sha);
    assertThat(other.summary().epochs()).isEqualTo(expected.summary().epochs());
    SharedSession.get().conf().set("spark.sql.adaptive.enabled", "false");
    Dataset<Row> cached = rows.orderBy("text").cache();
    try {
      assertThat(classifier().fit(cached).summary().parametersSha256()).isEqualTo(sha);
    } finally {
      cached.unpersist();
      SharedSession.get().conf().unset("spark.sql.adaptive.enabled");
    }
    assertThat(classifier().setNumWorkers(1).fit(rows).summary().parametersSha256())
        .isNotEqualTo(sha);
  }

  @Test
  void transformShufflesNothingAndKeepsTheOrder() {
    Dataset<Row> rows = Sayings.frame(90).repartition(3).cache();
    RnnClassifierModel model = classifier().setMaxIter(1).fit(rows);
    Dataset<Row> predicted = model.transform(rows.coalesce(2));
    String plan = predicted.queryExecution().executedPlan().toString();
    assertThat(plan.substring(0, plan.indexOf("InMemory"))).doesNotContain("Exchange");
    assertThat(predicted.select("id").collectAsList())
        .isEqualTo(rows.coalesce(2).select("id").collectAsList());
    assertThat(predicted.orderBy("id").collectAsList())
        .isEqualTo(model.transform(rows.repartition(5)).orderBy("id").collectAsList());
    rows.unpersist();
  }

  @Test
  void aFitGoesOnFromTheFolderThatItWasGiven(@TempDir Path folder) {
    Dataset<Row> rows = Sayings.frame(90);
    RnnClassifier kept = classifier().setCheckpointDir(folder.resolve("fits").toString());
    TrainingSummary first = kept.fit(rows).summary();
    TrainingSummary again = kept.fit(rows).summary();
    assertThat(again.parametersSha256()).isEqualTo(first.parametersSha256());
    assertThat(again.epochs()).as("nothing was left to train").isEmpty();
    TrainingSummary other = kept.copy(new ParamMap()).setSeed(9).fit(rows).summary();
    assertThat(other.parametersSha256()).isNotEqualTo(first.parametersSha256());
  }

  @Test
  void foldsAreFittedSideBySide() {
    RnnClassifier classifier = classifier().setMaxIter(1);
    Dataset<Row> rows = Sayings.frame(90).selectExpr("text", "cast(id % 3 as double) as label");
    var validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(
                new ParamGridBuilder().addGrid(classifier.hiddenSize(), new int[] {4, 12}).build())
            .setNumFolds(2)
            .setSeed(1);
    CrossValidatorModel together = validator.setParallelism(2).fit(rows);
    assertThat(together.avgMetrics()).hasSize(2).doesNotContain(Double.NaN);
    assertThat(together.avgMetrics()).isEqualTo(validator.setParallelism(1).fit(rows).avgMetrics());
  }

  @Test
  void manyFitsLeaveNoNativeMemoryBehind() {
    Dataset<Row> rows = Sayings.frame(60);
    RnnClassifier small = classifier().setMaxIter(1).setHiddenSize(4);
    small.fit(rows).transform(rows).count();
    long used = NativeMemory.used();
    for (int fit = 0; fit < 3; fit++) {
      small.fit(rows).transform(rows).collectAsList();
    }
    assertThat(NativeMemory.used()).isLessThanOrEqualTo(used + (1 << 16));
  }
}
