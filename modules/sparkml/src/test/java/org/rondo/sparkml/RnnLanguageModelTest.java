package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.IngestException;
import org.rondo.sparkml.fits.TrainingSummary;
import org.rondo.training.checkpoint.Checkpoint;

class RnnLanguageModelTest {
  /** Learns the sayings in a few seconds. */
  static RnnLanguageModel language() {
    return new RnnLanguageModel()
        .setFeaturesCol("text")
        .setHiddenSize(12)
        .setNumLayers(1)
        .setMaxIter(8)
        .setBatchSize(4)
        .setUnroll(8)
        .setLearningRate(0.02)
        .setSeed(3);
  }

  private static RnnLanguageModel quick() {
    return language().setMaxIter(2);
  }

  private static Dataset<Row> texts(String... texts) {
    List<Row> rows = Arrays.stream(texts).map(each -> RowFactory.create(99, each, "sad")).toList();
    return SharedSession.get().createDataFrame(rows, Sayings.SCHEMA);
  }

  @Test
  void textsLikeThoseLearnedAreLessPerplexing(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Sayings.frame(120);
    var pipeline = new Pipeline().setStages(new PipelineStage[] {language()});
    PipelineModel model = pipeline.fit(rows);
    var language = (RnnLanguageModelModel) model.stages()[0];
    TrainingSummary summary = language.summary();
    double perplexity = summary.epochs().get(summary.bestEpoch() - 1).value("perplexity");
    assertThat(perplexity).isBetween(1.0, 0.6 * language.vocabulary().length);
    assertThat(summary.rows()).contains("120 rows").contains("to validate, vocabulary 18");

    Dataset<Row> scored = model.transform(rows);
    assertThat(scored.schema()).isEqualTo(pipeline.transformSchema(rows.schema()));
    for (Row row : scored.collectAsList()) {
      assertThat((double) row.<Double>getAs("perplexity"))
          .isEqualTo(StrictMath.exp(row.<Double>getAs("loss")));
    }
    double likely = scored.agg(functions.avg("loss")).first().getDouble(0);
    Dataset<Row> odd = language.transform(texts("film film film us", "awful the good by"));
    assertThat(odd.agg(functions.min("loss")).first().getDouble(0)).isGreaterThan(likely);

    String place = folder.resolve("model").toString();
    model.write().save(place);
    PipelineModel again = PipelineModel.load(place);
    assertThat(again.transform(rows).collectAsList()).isEqualTo(scored.collectAsList());
    assertThat(((RnnLanguageModelModel) again.stages()[0]).generate("the", 12, 0.7, 5))
        .isEqualTo(language.generate("the", 12, 0.7, 5));
  }

  @Test
  void aPromptIsContinued() {
    RnnLanguageModelModel model = language().setCharacters(true).fit(Sayings.frame(60));
    assertThat(model.vocabulary()).contains("\n", "f", "i");
    String text = model.generate("the f", 20, 0, 1);
    assertThat(text).startsWith("the f").hasSize(25).isEqualTo(model.generate("the f", 20, 0, 9));
    assertThat(model.generate("the f", 20, 2, 1)).isNotEqualTo(model.generate("the f", 20, 2, 2));
    assertThat(model.generate("the f", 0, 1, 1)).isEqualTo("the f");
    assertThatThrownBy(() -> model.generate("the", -1, 1, 1)).hasMessageContaining("length");
    assertThatThrownBy(() -> model.generate("the", 1, -1, 1)).hasMessageContaining("temperature");
  }

  @Test
  void partitionsChangeNoBitAndTheOrderOfTheTextDoes() {
    Dataset<Row> rows = Sayings.frame(90);
    RnnLanguageModelModel model = quick().setNumWorkers(2).setSyncEvery(2).fit(rows);
    RnnLanguageModelModel other = quick().setNumWorkers(2).setSyncEvery(2).fit(rows.repartition(5));
    String sha = model.summary().parametersSha256();
    assertThat(other.summary().parametersSha256()).isEqualTo(sha);
    assertThat(other.summary().epochs()).isEqualTo(model.summary().epochs());
    RnnLanguageModel ordered = quick().setNumWorkers(2).setSyncEvery(2).setOrderCol("id");
    assertThat(ordered.fit(rows).summary().parametersSha256())
        .isNotEqualTo(sha)
        .isEqualTo(ordered.fit(rows.repartition(7)).summary().parametersSha256());
    assertThat(other.transform(rows.repartition(4)).orderBy("id").collectAsList())
        .isEqualTo(model.transform(rows).orderBy("id").collectAsList());
  }

  @Test
  void rowsWithoutTextAreRefusedOrLeftOut() {
    Dataset<Row> rows = Sayings.frame(60).union(texts(null, ""));
    assertThatThrownBy(() -> quick().fit(rows))
        .isInstanceOf(IngestException.class)
        .hasMessage(
            "data: 1 of 62 rows cannot be used; handleInvalid = skip leaves them out: column text has no value");
    RnnLanguageModelModel model = quick().setHandleInvalid("skip").setOrderCol("").fit(rows);
    assertThat(model.summary().rows()).startsWith("61 rows, 1 left out");
    assertThat(model.transform(rows).count()).isEqualTo(61);
    Dataset<Row> kept = model.setHandleInvalid("keep").transform(rows);
    assertThat(kept.filter("loss IS NULL AND perplexity IS NULL").count()).isEqualTo(1);
    assertThat(kept.count()).isEqualTo(62);
    Refusals.assertEndsAtOnce(
        () -> model.setHandleInvalid("error").transform(rows).collectAsList(),
        "row text = null: column text has no value");
    assertThat(model.setLossCol("").transform(Sayings.frame(3)).columns())
        .containsExactly("id", "text", "label", "perplexity");
    assertThat(model.transform(Sayings.frame(3).filter("id < 0")).collectAsList()).isEmpty();
  }

  @Test
  void textsThatCannotBeLearnedAreToldBeforeTraining() {
    Dataset<Row> rows = Sayings.frame(30);
    assertThatThrownBy(() -> quick().setFeaturesCol("id").transformSchema(Sayings.SCHEMA))
        .hasMessage("column id is of type int; featuresCol takes a text");
    assertThatThrownBy(() -> quick().setLossCol("Label").transformSchema(Sayings.SCHEMA))
        .hasMessage("the rows have a column label already; drop or rename it");
    assertThatThrownBy(() -> quick().fit(rows.filter("id < 0")))
        .hasMessage("data: there is no row that can be used");
    assertThatThrownBy(() -> quick().setUnroll(100).fit(rows))
        .hasMessageMatching(
            "data: the training text has \\d+ tokens, and at least 401 are needed, numWorkers x batchSize x unroll \\+ 1: lower one of them or bring more text");
    assertThatThrownBy(() -> quick().setValidationFraction(0.01).fit(rows))
        .hasMessageContaining("data: the validation text has 2 tokens, and at least 11 are needed");
    RnnLanguageModel marked = quick().setValidationIndicatorCol("mark");
    assertThat(marked.fit(rows.selectExpr("*", "id % 3 = 0 as mark")).summary().epochs())
        .hasSize(2);
    assertThatThrownBy(() -> marked.fit(rows.selectExpr("*", "false as mark")))
        .hasMessageContaining("validation text has 0 tokens");
  }

  @Test
  void aFitGoesOnFromItsFolder(@TempDir Path folder) {
    Dataset<Row> rows = Sayings.frame(60);
    RnnLanguageModel kept = quick().setCheckpointDir(folder.resolve("fits").toString());
    TrainingSummary first = kept.fit(rows).summary();
    TrainingSummary again = kept.fit(rows.repartition(3)).summary();
    assertThat(again.parametersSha256()).isEqualTo(first.parametersSha256());
    assertThat(again.epochs()).as("nothing was left to train").isEmpty();
    assertThatThrownBy(() -> kept.fit(rows.union(texts((String) null))));
    String[] left = folder.resolve("fits").toFile().list((in, name) -> !name.startsWith("."));
    assertThat(left).as("the running text is gone").hasSize(1);
  }

  /** Dai and Le 2015: a classifier begins with the layers of a language model. */
  @Test
  void aClassifierBeginsWithItsLayers(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = Sayings.frame(60);
    RnnLanguageModelModel language = quick().setMinCount(9).fit(rows);
    String place = folder.resolve("language").toString();
    language.save(place);
    RnnClassifier classifier = Sayings.classifier().setMaxIter(1).setLearningRate(1e-30);
    RnnClassifierModel begun = classifier.setInitialModel(place).fit(rows);
    begun.save(folder.resolve("classifier").toString());
    float[] learned = parameters(folder.resolve("language"));
    float[] taken = parameters(folder.resolve("classifier"));
    int embedding = language.vocabulary().length * 12;
    assertThat(Arrays.copyOf(taken, embedding)).isEqualTo(Arrays.copyOf(learned, embedding));
    assertThat(begun.toString()).contains(language.vocabulary().length + " tokens");
    assertThatThrownBy(() -> Sayings.classifier().setHiddenSize(7).setInitialModel(place).fit(rows))
        .hasMessageContaining("initial network");
    assertThatThrownBy(() -> classifier.setInitialModel(folder + "/none").fit(rows))
        .hasMessageContaining("none");
  }

  private static float[] parameters(Path model) {
    var folder = new org.apache.hadoop.fs.Path(model.resolve("checkpoint").toString());
    return Checkpoint.open(folder, new Configuration()).parameters();
  }
}
