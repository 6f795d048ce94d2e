package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.SplitPlan;

final class PreparationTest {
  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();
  private String hundred;
  private String twenty;

  @BeforeEach
  void writeTexts() throws IOException {
    hundred = Files.writeString(folder.resolve("hundred"), "abcd\n".repeat(20)).toString();
    twenty = Files.writeString(folder.resolve("twenty"), "abcz\n".repeat(4)).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "path, '',                    90, 10, 0",
    "path, 'test',                90, 10, 20",
    "path, 'validation',         100, 20, 0",
    "path, 'validation test',    100, 20, 20",
    "train, '',                   90, 10, 0",
    "train, 'test',               90, 10, 20",
    "train, 'validation',        100, 20, 0",
    "train, 'validation test',   100, 20, 20",
  })
  void everyTextThatIsNamedIsUsedAndTheOthersAreCutOff(
      String learned, String named, long train, long validation, long test) throws IOException {
    var keys = new HashMap<>(Map.of("data." + learned, hundred));
    for (String split : named.isEmpty() ? new String[0] : named.split(" ")) {
      keys.put("data." + split, twenty);
    }
    Corpus corpus = prepare(keys);
    assertThat(corpus.tokens(Split.TRAIN)).isEqualTo(train);
    assertThat(corpus.tokens(Split.VALIDATION)).isEqualTo(validation);
    assertThat(corpus.tokens(Split.TEST)).isEqualTo(test);
  }

  @Test
  void whatWasPlannedBeforeIsPlannedAsItWas() {
    assertThat(plans(Map.of("data.path", "t")).corpus().splits())
        .isEqualTo(new SplitPlan.ByFraction("t", 0.1, 0));
    assertThat(
            plans(Map.of("data.train", "t", "data.validation", "v", "data.test", "w"))
                .corpus()
                .splits())
        .isEqualTo(new SplitPlan.ByFile("t", "v", "w"));
  }

  @ParameterizedTest
  @CsvSource({"validation, 0.2", "test, 0.1"})
  void aTextAndAFractionForTheSameSplitAreRefused(String split, String fraction) {
    assertThatThrownBy(
            () ->
                plans(
                        Map.of(
                            "data.path",
                            "t",
                            "data." + split,
                            "s",
                            "data." + split + "_fraction",
                            fraction))
                    .corpus())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "data.%s = s and data.%s_fraction = %s are both set; choose one",
            split, split, fraction);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.path",
        "data.train",
        "data.validation",
        "data.test",
        "data.prepared",
        "output"
      })
  void blankPathsAreNamedByTheirKey(String key) {
    for (String blank : List.of("", "   ")) {
      var keys = new HashMap<>(Map.of("data.path", hundred));
      keys.put(key, blank);
      assertThatThrownBy(() -> prepare(keys))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining(key);
    }
  }

  @Test
  void aNewTextForTheSameOutputIsPreparedBesideTheOldOne() throws IOException {
    Corpus first = prepare(Map.of("data.path", hundred));
    assertThat(said).isEmpty();
    Corpus second = prepare(Map.of("data.path", twenty));
    assertThat(second.tokens(Split.TRAIN)).isEqualTo(18);
    assertThat(Corpus.open(first.folder(), new Configuration()).tokens(Split.TRAIN)).isEqualTo(90);
    assertThat(said).singleElement().asString().contains("corpus of this text lies in ", "left as");
  }

  @Test
  void sharesOfUnknownTokensAreShownAndManyOfThemAreWarnedOf() throws IOException {
    Corpus corpus = prepare(Map.of("data.path", hundred, "data.validation", twenty));
    assertThat(Preparation.summary(corpus))
        .contains("training 100, validation 20 (20.00 % unknown), test 0");
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("warning: 20.0 % of the tokens of the validation split are unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "bpe,0,, data.maximum_vocabulary = 0: must be >= 257 with bpe",
    "bpe,256,, data.maximum_vocabulary = 256: must be >= 257 with bpe",
    "words,0,t.json, data.tokenizer_file = t.json: holds a byte pair encoding: set data.tokenizer = bpe",
  })
  void whatABytePairEncodingNeedsIsNamed(
      String tokenizer, String most, String file, String problem) {
    var keys = new HashMap<String, String>();
    keys.put("data.path", hundred);
    keys.put("data.tokenizer", tokenizer);
    keys.put("data.maximum_vocabulary", most);
    keys.put("data.tokenizer_file", file == null ? "null" : file);
    assertThatThrownBy(() -> plans(keys).check())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void documentsInRowsNeedASessionAndACorpusThatIsThere() {
    Map<String, String> keys = Map.of("data.path", hundred, "data.format", "text");
    assertThatThrownBy(() -> prepare(keys))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("need a session of Spark");
    assertThatThrownBy(() -> Preparation.requireText(plans(keys)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("rondo prepare makes it");
  }

  @ParameterizedTest
  @CsvSource({
    "data.columns.text, body",
    "data.options.header, true",
    "data.sql, SELECT 1",
    "data.order_column, n"
  })
  void keysOfRowsNeedAFormat(String key, String value) {
    assertThatThrownBy(() -> plans(Map.of("data.path", hundred, key, value)).check())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key + " = " + value + ": is for rows: set data.format as well");
    plans(Map.of("data.path", hundred, key, value, "data.format", "json")).check();
  }

  private Corpus prepare(Map<String, String> keys) throws IOException {
    return Preparation.run(plans(keys), new Configuration(), said::add);
  }

  private Plans plans(Map<String, String> keys) {
    var all = new HashMap<>(Map.of("output", folder.resolve("out").toString()));
    all.putAll(keys);
    return new Plans(Settings.defaults().with(all, "test"));
  }
}
