package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of a configuration of rows without reading them. */
final class RowPlansTest {
  private static Plans plans(String task, String key, String value) {
    var keys =
        new TreeMap<>(Map.of("task", task, "data.format", "csv", "data.path", "a.csv", key, value));
    return new Plans(Settings.defaults().with(keys, "test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "classification; acuracy; [accuracy, macro-f1, weighted-f1, log-loss, auc, error-rate]",
        "tagging; f1; [chunk-f1, token-accuracy]",
        "regression; accuracy; [rmse, mae, r2]",
        "language-model; accuracy; [loss, perplexity, bits-per-token]",
      })
  void aMetricThatTheTaskHasNotIsRefusedBeforeTheRowsAreRead(
      String task, String metric, String there) {
    assertThatThrownBy(plans(task, "evaluate.metric", metric)::check)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("evaluate.metric = " + metric)
        .hasMessageEndingWith(": no such metric of this task; there are " + there);
  }

  @Test
  void aMetricThatTheTaskHasIsTaken() {
    assertThatCode(plans("classification", "evaluate.metric", "auc")::check)
        .doesNotThrowAnyException();
    assertThatCode(plans("tagging", "evaluate.metric", "chunk-f1")::check)
        .doesNotThrowAnyException();
  }

  @Test
  void keysThatTheLayersDoNotSuitAreRefusedBeforeTheRowsAreRead() {
    var keys =
        Map.of(
            "task", "translation",
            "data.format", "csv",
            "data.path", "a.csv",
            "translation.decoder_units", "7",
            "translation.attention", "dot");
    assertThatThrownBy(new Plans(Settings.defaults().with(keys, "test"))::check)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("test: translation.attention = dot: multiplies the decoder's 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "classification; classification.maximum_length cuts longer rows",
        "translation; translation.maximum_length cuts longer rows, with translation.long_rows = cut",
        "speech; speech.hop and speech.stack make fewer steps where they are larger",
      })
  void longRowsAreMadeShorterByAKeyOfTheTask(String task, String advice) {
    assertThat(plans(task, "seed", "1").rows().limit()).isEqualTo(advice);
  }

  @ParameterizedTest
  @CsvSource({"network.cell, lsmt", "network.units, 0", "network.dropout, 2"})
  void layersThatCannotBeAreRefusedBeforeTheRowsAreRead(String key, String value) {
    assertThatThrownBy(plans("classification", key, value)::check)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key + " = " + value);
  }
}
