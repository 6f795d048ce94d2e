package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.ingest.IngestException;
import org.rondo.sparkml.sql.RondoFunctions;
import org.rondo.testkit.SpokenLetters;

class RnnTranscriberTest {
  private static final String[] LETTERS = {"a", "b", "c"};
  private static final byte[] CUT = Arrays.copyOf(SpokenLetters.wav("ab"), 300);

  private static RnnTranscriber quick() {
    return Tones.transcriber().setMaxIter(1).setHiddenSize(4);
  }

  @Test
  void recordingsAreTranscribedFromFilesAndModelsSaved(@TempDir Path folder) throws IOException {
    RnnTranscriberModel model =
        Tones.transcriber().setBeam(5).setBidirectional(true).setMaxIter(20).fit(Tones.frame(40));
    assertThat(model.summary().epochs()).hasSize(20);
    Files.write(folder.resolve("sound.wav"), SpokenLetters.wav("abc"));
    Dataset<Row> files = SharedSession.get().read().format("binaryFile").load(folder.toString());
    assertThat(model.transform(files).first().<String>getAs("prediction")).isEqualTo("abc");

    Dataset<Row> rows = Tones.frame(4);
    List<Row> predicted =
        model.transform(rows).selectExpr("transcript", "prediction").collectAsList();
    assertThat(predicted).allMatch(row -> row.getString(0).equals(row.getString(1)));
    var evaluator = new TextEvaluator().setLabelCol("transcript").setMetricName("word-error-rate");
    assertThat(evaluator.evaluate(model.transform(rows))).isZero();
    assertThat(evaluator.isLargerBetter()).isFalse();
    assertThat(evaluator.signature()).isEqualTo("nrefs:1|case:lc|space:one");
    evaluator.setMetricName("character-error-rate").setLowercase(false);
    assertThat(evaluator.evaluate(rows.selectExpr("transcript", "'x' AS prediction"))).isPositive();
    assertThat(evaluator.signature()).contains("case:mixed");
    String place = folder.resolve("model").toString();
    model.save(place);
    assertThat(
            RnnTranscriberModel.load(place).transform(rows).selectExpr("transcript", "prediction"))
        .extracting(Dataset::collectAsList)
        .isEqualTo(predicted);
    RondoFunctions.register(SharedSession.get());
    String call = String.format(Locale.ROOT, "rondo_predict('%s', content)", place);
    assertThat(rows.selectExpr("transcript", call).collectAsList()).isEqualTo(predicted);
    assertThat(RnnTranscriberModel.load(place).getBeam()).isEqualTo(5);
    aLanguageModelHelps(model, folder);
    Dataset<Row> told =
        model.setPredictionCol("said").transform(rows.drop("transcript").repartition(3));
    assertThat(told.columns()).containsExactly("path", "content", "said");
  }

  /** One that learned that hardly anything but an "a" is ever said. */
  private static void aLanguageModelHelps(RnnTranscriberModel model, Path folder)
      throws IOException {
    String language = folder.resolve("language").toString();
    List<String> texts = new ArrayList<>(Collections.nCopies(400, "a"));
    for (int i = 0; i < 27; i++) { // all that transcripts have, in different rows of both splits
      texts.add(String.join(" ", LETTERS[i / 9], LETTERS[i / 3 % 3] + LETTERS[i % 3]));
    }
    new RnnLanguageModel()
        .setFeaturesCol("value")
        .setCharacters(true)
        .setHiddenSize(8)
        .setNumLayers(1)
        .setMaxIter(3)
        .setBatchSize(4)
        .setUnroll(8)
        .setLearningRate(0.05)
        .fit(SharedSession.get().createDataset(texts, Encoders.STRING()).toDF())
        .save(language);
    Dataset<Row> row = Tones.frame(1);
    var helped = model.copy(ParamMap.empty()).setBeam(50).setLanguageModelWeight(20);
    helped.setLanguageModel(language);
    assertThat(helped.transform(row).first().<String>getAs("prediction")).isEqualTo("a");
    assertThat(model.transform(row).first().<String>getAs("prediction")).isEqualTo("abc");
    helped.setLanguageModel(folder.resolve("model").toString());
    assertThatThrownBy(() -> helped.transform(row))
        .hasMessageStartingWith("languageModel = ")
        .hasMessageContaining("is the checkpoint of no language model");
    assertThatThrownBy(() -> helped.setBeam(0).transform(row))
        .hasMessageStartingWith("beam = 0: must be at least 1");
  }

  @Test
  void everyParamReachesTheTask() {
    RnnTranscriber all =
        new RnnTranscriber()
            .setRate(8000)
            .setMels(13)
            .setWindow(32)
            .setHop(8)
            .setDeltas(1)
            .setStack(2)
            .setBandMasks(2)
            .setBandMaskWidth(3)
            .setStepMasks(1)
            .setStepMaskWidth(6)
            .setMaximumSeconds(4)
            .setBeam(7)
            .setLanguageModel("spelling")
            .setLanguageModelWeight(0.25)
            .setLengthBonus(-1.5)
            .setSymbols("words")
            .setLowercase(false);
    assertThat(all.task(Tones.SCHEMA).keys())
        .containsEntry("rate", "8000")
        .containsEntry("mels", "13")
        .containsEntry("window", "32.0")
        .containsEntry("hop", "8.0")
        .containsEntry("deltas", "1")
        .containsEntry("stack", "2")
        .containsEntry("band_masks", "2")
        .containsEntry("band_mask_width", "3")
        .containsEntry("step_masks", "1")
        .containsEntry("step_mask_width", "6")
        .containsEntry("maximum_seconds", "4.0")
        .containsEntry("beam", "7")
        .containsEntry("language_model", "spelling")
        .containsEntry("language_model_weight", "0.25")
        .containsEntry("length_bonus", "-1.5")
        .containsEntry("lowercase", "false")
        .containsEntry("symbols", "words")
        .containsEntry("metric", "auto");
    assertThatThrownBy(() -> all.setDeltas(3)).hasMessageContaining("deltas");
  }

  @Test
  void aDamagedFileIsNamedOrLeftOut() {
    Dataset<Row> rows = Tones.frame(12, Tones.row("cut.wav", CUT, "ab"));
    assertThatThrownBy(() -> quick().fit(rows))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("1 of 13 rows cannot be used; handleInvalid = skip leaves them out")
        .hasMessageContaining(
            "row transcript = ab: column content is cut off: its header says 1440 samples, it holds 128");

    RnnTranscriberModel model = quick().setHandleInvalid("skip").fit(rows);
    assertThat(model.transform(rows).count()).isEqualTo(12);
    model.setHandleInvalid("keep");
    assertThat(model.transform(rows).filter("prediction IS NULL").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("cut.wav");
    model.setHandleInvalid("error");
    Refusals.assertEndsAtOnce(
        () -> model.transform(rows).collectAsList(),
        "row content = of 300 bytes: column content is cut off: its header says 1440 samples, it holds 128");
  }

  /** The task would name the keys of a configuration. */
  @Test
  void sentencesNameParams() {
    Dataset<Row> fast = Tones.frame(12, Tones.row("fast.wav", SpokenLetters.wav("a"), "aaa"));
    assertThatThrownBy(() -> quick().fit(fast)).hasMessageContaining("; lower stack or hop");
    Dataset<Row> rows = Tones.frame(12);
    assertThatThrownBy(() -> quick().setMaximumSeconds(0.3).fit(rows))
        .hasMessageContaining("column content lasts 0.45 seconds, maximumSeconds is 0.3");
    RnnTranscriberModel model =
        quick().setMaximumSeconds(0.3).setHandleInvalid("skip").fit(rows).setHandleInvalid("error");
    Refusals.assertEndsAtOnce(
        () -> model.transform(rows).collectAsList(), "lasts 0.45 seconds, maximumSeconds is 0.3");
    assertThatThrownBy(() -> quick().setInitialModel("language").transformSchema(Tones.SCHEMA))
        .hasMessageStartingWith("initialModel = language: RnnTranscriber cannot begin with");
    assertThatThrownBy(() -> quick().setMels(200).transformSchema(Tones.SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("mels = 200: is too many");
    assertThatThrownBy(() -> quick().setFeaturesCol("path").transformSchema(Tones.SCHEMA))
        .hasMessageContaining("column path is of type string; as audio the task takes");
  }
}
