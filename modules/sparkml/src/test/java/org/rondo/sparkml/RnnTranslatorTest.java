package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.IngestException;
import org.rondo.serving.TrainedModel;
import org.rondo.sparkml.sql.RondoFunctions;

class RnnTranslatorTest {
  private static final StructType SCHEMA = StructType.fromDDL("english STRING, german STRING");
  private static final String[] ENGLISH = {"a cat", "a dog", "a bird"};
  private static final String[] GERMAN = {"eine Katze", "ein Hund", "ein Vogel"};

  /** Every row of one to three animals, and further rows. */
  private static Dataset<Row> frame(Row... more) {
    var rows = new ArrayList<Row>();
    for (int first = 0; first < 3; first++) {
      rows.add(RowFactory.create(ENGLISH[first], GERMAN[first]));
      for (int second = 0; second < 3; second++) {
        String english = ENGLISH[first] + ", " + ENGLISH[second];
        String german = GERMAN[first] + ", " + GERMAN[second];
        rows.add(RowFactory.create(english, german));
        for (int third = 0; third < 3; third++) {
          rows.add(
              RowFactory.create(english + "; " + ENGLISH[third], german + "; " + GERMAN[third]));
        }
      }
    }
    rows.addAll(List.of(more));
    return SharedSession.get().createDataFrame(rows, SCHEMA);
  }

  private static RnnTranslator translator() {
    return new RnnTranslator()
        .setFeaturesCol("english")
        .setLabelCol("german")
        .setHiddenSize(12)
        .setNumLayers(1)
        .setBatchSize(4)
        .setLearningRate(0.02)
        .setValidationFraction(0.2);
  }

  @Test
  void textsAreTranslatedAndModelsSaved(@TempDir Path folder) throws IOException {
    RnnTranslatorModel model = translator().setMaxIter(20).fit(frame());
    Dataset<Row> rows = frame();
    Dataset<Row> translated = model.transform(rows);
    assertThat(translated.columns()).containsExactly("english", "german", "prediction");
    var evaluator = new TextEvaluator().setLabelCol("german");
    assertThat(evaluator.evaluate(translated)).isGreaterThan(70);
    assertThat(evaluator.setMetricName("chrf").evaluate(translated)).isGreaterThan(70);
    assertThat(evaluator.signature()).startsWith("nrefs:1|case:mixed|eff:yes|nc:6");

    String place = folder.resolve("model").toString();
    model.setTranslationsCol("best").setNumTranslations(2).setAttentionCol("looks").save(place);
    Row told = RnnTranslatorModel.load(place).transform(rows.drop("german").repartition(3)).first();
    Row best = told.<Row>getList(told.fieldIndex("best")).get(0);
    assertThat(best.getString(0)).isEqualTo(told.getAs("prediction"));
    assertThat(told.getList(told.fieldIndex("best"))).hasSize(2);
    Row looks = told.getAs("looks");
    assertThat(looks.getList(2)).hasSameSizeAs(looks.getList(1));
    List<Row> singly = model.setInferBatchSize(1).transform(rows).collectAsList();
    try (TrainedModel served =
        TrainedModel.load(
            folder.resolve("model/checkpoint"), Map.of("beam", 5, "length_penalty", 0.6))) {
      for (Row row : singly) {
        assertThat(served.predict(Map.of("source", row.getString(0))))
            .containsEntry("prediction", row.<String>getAs("prediction"));
      }
    }
    RondoFunctions.register(SharedSession.get());
    String call = String.format(Locale.ROOT, "rondo_predict('%s', english)", place);
    assertThat(rows.selectExpr(call).first().getString(0))
        .isEqualTo(translated.first().getAs("prediction"));
  }

  @Test
  void everyParamReachesTheTask() {
    RnnTranslator all =
        new RnnTranslator()
            .setSourceTokenizer("characters")
            .setTargetTokenizer("words")
            .setLowercase(true)
            .setVocabSize(99)
            .setMinCount(3)
            .setMaximumLength(44)
            .setLabelsPerStep(2)
            .setMoreLabels(5)
            .setLongRows("cut")
            .setDecoderLayers(2)
            .setDecoderSize(7)
            .setAttention("additive")
            .setInputFeeding(false)
            .setLabelSmoothing(0.1)
            .setScheduledSampling(900)
            .setBeamSize(9)
            .setLengthPenalty(1)
            .setCoveragePenalty(0.2)
            .setReplaceUnknown(false)
            .setNumTranslations(4)
            .setTranslationsCol("best")
            .setAttentionCol("looks");
    assertThat(all.task(SCHEMA).keys())
        .containsEntry("source_tokenizer", "characters")
        .containsEntry("target_tokenizer", "words")
        .containsEntry("lowercase", "true")
        .containsEntry("maximum_vocabulary", "99")
        .containsEntry("minimum_count", "3")
        .containsEntry("maximum_length", "44")
        .containsEntry("labels_per_step", "2.0")
        .containsEntry("more_labels", "5")
        .containsEntry("long_rows", "cut")
        .containsEntry("decoder_layers", "2")
        .containsEntry("decoder_units", "7")
        .containsEntry("attention", "additive")
        .containsEntry("input_feeding", "false")
        .containsEntry("label_smoothing", "0.1")
        .containsEntry("scheduled_sampling", "900.0")
        .containsEntry("beam", "9")
        .containsEntry("length_penalty", "1.0")
        .containsEntry("coverage_penalty", "0.2")
        .containsEntry("replace_unknown", "false")
        .containsEntry("best", "4")
        .containsEntry("show_attention", "true")
        .containsEntry("metric", "bleu");
    assertThatThrownBy(() -> all.setAttention("local")).hasMessageContaining("attention");
    assertThatThrownBy(() -> all.setSourceTokenizer("x")).hasMessageContaining("sourceTokenizer");
  }

  /** The task would name the keys of a configuration. */
  @Test
  void sentencesNameParams() {
    Dataset<Row> rows = frame(RowFactory.create("a b c d e f g h i", "x"));
    assertThatThrownBy(() -> translator().setMaximumLength(8).fit(rows))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("1 of 40 rows cannot be used; handleInvalid = skip leaves them out")
        .hasMessageContaining("maximumLength is 8; longRows = cut takes the first ones");
    RnnTranslatorModel model =
        translator().setMaximumLength(8).setMaxIter(1).setHandleInvalid("skip").fit(rows);
    assertThat(model.transform(rows).count()).isEqualTo(39);
    model.setHandleInvalid("error");
    Refusals.assertEndsAtOnce(
        () -> model.transform(rows).collectAsList(),
        "column english has 9 tokens, and maximumLength is 8; longRows = cut takes the first ones");
    assertThat(model.setLongRows("cut").transform(rows).count()).isEqualTo(40);
    assertThatThrownBy(() -> translator().setInitialModel("language").transformSchema(SCHEMA))
        .hasMessageStartingWith("initialModel = language: RnnTranslator cannot begin with");
    assertThatThrownBy(
            () ->
                translator().setNumTranslations(9).setTranslationsCol("x").transformSchema(SCHEMA))
        .hasMessageContaining("numTranslations = 9: must be at most beamSize = 5");
    assertThatThrownBy(() -> translator().setSourceTokenizer("bpe").transformSchema(SCHEMA))
        .hasMessageStartingWith("vocabSize = 0: must be >= 257 with bpe");
    RnnTranslator dot = translator().setAttention("dot").setDecoderSize(7);
    assertThatThrownBy(() -> dot.transformSchema(SCHEMA))
        .hasMessageStartingWith("attention = dot: multiplies the decoder's 7 units with the");
  }
}
