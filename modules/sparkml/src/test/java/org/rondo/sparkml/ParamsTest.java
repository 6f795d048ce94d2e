package org.rondo.sparkml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParamsTest {
  static Stream<Params> stages() {
    return Stream.of(
        new RnnClassifier(),
        new RnnRegressor(),
        new RnnTagger(),
        new RnnTranscriber(),
        new RnnTranslator(),
        new RnnForecaster(),
        new RnnAnomalyDetector(),
        new RollingOriginValidator(),
        new RnnLanguageModel(),
        new ChunkEvaluator(),
        new TextEvaluator());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void theDocumentHasEveryParamWithItsDefault(Params stage) throws IOException {
    String document = Files.readString(Path.of("../../docs/sparkml.md"));
    assertThat(stage.params()).hasSizeGreaterThan(2);
    for (Param<?> param : stage.params()) {
      String row = String.format(Locale.ROOT, "| `%s` | %s |", param.name(), shown(stage, param));
      assertThat(document).as(stage.getClass().getSimpleName()).contains(row);
      assertThat(stage.explainParams()).contains(param.name() + ": " + param.doc());
    }
  }

  private static String shown(Params stage, Param<?> param) {
    Object value = stage.getDefault(param).getOrElse(() -> "");
    if (value instanceof int[] numbers) {
      return String.join(",", Arrays.stream(numbers).mapToObj(String::valueOf).toList());
    }
    return value instanceof String[] none ? String.join(",", none) : String.valueOf(value);
  }

  @Test
  void estimatorsAreCopiedAndSaved(@TempDir Path folder) throws IOException {
    RnnClassifier classifier =
        new RnnClassifier().setHiddenSize(7).setThresholds(new double[] {0.5, 0.25}).setSeed(11);
    RnnClassifier copy = classifier.copy(new ParamMap().put(classifier.cell(), "gru"));
    assertThat(copy.uid()).isEqualTo(classifier.uid());
    assertThat(copy.getCell()).isEqualTo("gru");
    assertThat(copy.getHiddenSize()).isEqualTo(7);
    assertThat(classifier.getCell()).isEqualTo("lstm");

    SharedSession.get();
    copy.save(folder.resolve("classifier").toString());
    RnnClassifier read = RnnClassifier.load(folder.resolve("classifier").toString());
    assertThat(read.getThresholds()).containsExactly(0.5, 0.25);
    read.clear(read.thresholds());
    copy.clear(copy.thresholds());
    assertThat(read.extractParamMap().toString()).isEqualTo(copy.extractParamMap().toString());
    RnnTagger tagger = new RnnTagger().setExtraFeaturesCols(new String[] {"pos", "case"});
    tagger.save(folder.resolve("tagger").toString());
    assertThat(RnnTagger.load(folder.resolve("tagger").toString()).getExtraFeaturesCols())
        .containsExactly("pos", "case");
  }

  @Test
  void aValidatorIsCopiedWithItsForecaster() {
    RnnForecaster forecaster = new RnnForecaster().setHorizon(3);
    RollingOriginValidator validator = new RollingOriginValidator().setEstimator(forecaster);
    RollingOriginValidator copy =
        validator.copy(new ParamMap().put(forecaster.horizon(), 5).put(validator.nWindows(), 2));
    assertThat(copy.getEstimator().getHorizon()).isEqualTo(5);
    assertThat(copy.getNWindows()).isEqualTo(2);
    forecaster.setInputSize(9);
    assertThat(copy.getEstimator().getInputSize()).isEqualTo(-1);
    assertThat(forecaster.getHorizon()).isEqualTo(3);
  }

  @Test
  void evaluatorsTellTheirParams() {
    TextEvaluator texts = new TextEvaluator().setLabelCol("a").setMetricName("chrf");
    assertThat(texts.getLabelCol() + texts.getPredictionCol() + texts.getMetricName())
        .isEqualTo("apredictionchrf");
    ChunkEvaluator chunks = new ChunkEvaluator().setPredictionCol("b").setMetricName("recall");
    assertThat(chunks.getLabelCol() + chunks.getPredictionCol() + chunks.getMetricName())
        .isEqualTo("labelbrecall");
  }

  @Test
  void valuesThatCannotBeAreRefusedWhenTheyAreSet() {
    var classifier = new RnnClassifier();
    assertThatThrownBy(() -> classifier.setHiddenSize(0)).hasMessageContaining("hiddenSize");
    assertThatThrownBy(() -> classifier.setVocabSize(1)).hasMessageContaining("vocabSize");
    assertThatThrownBy(() -> classifier.setCheckpointInterval(0))
        .hasMessageContaining("checkpointInterval");
    assertThatThrownBy(() -> classifier.setHandleInvalid("drop")).hasMessageContaining("drop");
    assertThatThrownBy(() -> classifier.setThresholds(new double[] {0, 0}))
        .hasMessageContaining("thresholds");
    assertThatThrownBy(() -> new RnnClassifier().setCell("lstn"))
        .hasMessageContaining("cell")
        .hasMessageContaining("lstn");
    assertThat(Arrays.stream(classifier.params()).filter(classifier::isSet)).isEmpty();
  }
}
