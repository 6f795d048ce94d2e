package org.rondo.runs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;

final class SearchSpaceTest {
  @Test
  void gridHasEveryCombinationInTheOrderOfKeys(@TempDir Path folder) throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("a.conf"),
            "search.keys { network { units = [8, 16], cell = [lstm, \"gru\"] }, train.batch = [1e1] }");

    assertThat(SearchSpace.of(Settings.load(conf.toFile())).trials(0, 1))
        .extracting(Object::toString)
        .containsExactly(
            "{network.cell=lstm, network.units=8, train.batch=1e1}",
            "{network.cell=lstm, network.units=16, train.batch=1e1}",
            "{network.cell=gru, network.units=8, train.batch=1e1}",
            "{network.cell=gru, network.units=16, train.batch=1e1}");
  }

  @Test
  void samplesAreDrawnWithinTheirRangesAndAreTheSameForTheSameSeed() {
    SearchSpace space =
        SearchSpace.of(
            settings(
                Map.of(
                    "search.keys.optimizer.learning_rate.min", "0.0001",
                    "search.keys.optimizer.learning_rate.max", "0.1",
                    "search.keys.optimizer.learning_rate.log", "true",
                    "search.keys.network.units.min", "4",
                    "search.keys.network.units.max", "6",
                    "search.keys.network.cell", "[lstm, gru]")));
    List<SortedMap<String, String>> trials = space.trials(200, 7);

    assertThat(trials).hasSize(200).doesNotHaveDuplicates();
    assertThat(space.trials(10, 7)).isEqualTo(trials.subList(0, 10));
    assertThat(space.trials(10, 8)).isNotEqualTo(trials.subList(0, 10));
    assertThat(trials)
        .extracting(trial -> trial.get("network.units"))
        .containsOnly("4", "5", "6")
        .contains("4", "5", "6");
    List<Double> rates =
        trials.stream().map(t -> Double.parseDouble(t.get("optimizer.learning_rate"))).toList();
    assertThat(rates).allMatch(rate -> rate >= 0.0001 && rate <= 0.1);
    // Three decades, a third of the draws in each.
    assertThat(rates.stream().filter(rate -> rate < 0.001).count()).isBetween(45L, 90L);
    assertThat(rates.stream().filter(rate -> rate >= 0.01).count()).isBetween(45L, 90L);
  }

  @Test
  void aSampleOfAGridHasNoTrialTwice() {
    SearchSpace space = SearchSpace.of(settings(Map.of("search.keys.network.units", "[1,2,3,4]")));

    assertThat(space.trials(3, 1)).hasSize(3).doesNotHaveDuplicates();
    assertThat(space.trials(9, 1))
        .containsExactlyInAnyOrderElementsOf(space.trials(0, 1))
        .hasSize(4);
    assertThat(space.trials(9, 1).subList(0, 3)).isEqualTo(space.trials(3, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "network.units;[];search.keys.network.units = []: must be a list of different values",
        "network.units;8;search.keys.network.units = 8: must be a list",
        "network.units;[8, 8];search.keys.network.units = [8, 8]: must be a list of different",
        "network.units;[8, {a = 1}];must be a list",
        "network.units.min;1;search.keys.network.units.max = null: must be a number",
        "output;[a, b];search.keys.output: output cannot be searched",
        "spark.master;[a, b];spark.master cannot be searched",
        "data.tokenizer;[words, bpe];data.tokenizer cannot be searched with task = language-model",
        "evaluate.streams;[5, 10];losses per token compare models that are measured on the same"
      })
  void whatCannotBeSearchedIsRefused(String key, String value, String message) {
    Settings settings = settings(Map.of("search.keys." + key, value));

    assertThatThrownBy(() -> SearchSpace.of(settings))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aRangeHasNoGrid() {
    var range = new TreeMap<String, String>();
    range.put("search.keys.network.dropout.min", "0");
    range.put("search.keys.network.dropout.max", "0.5");

    assertThatThrownBy(() -> SearchSpace.of(settings(range)).trials(0, 1))
        .hasMessageStartingWith("search.samples = 0: ");
    range.put("search.keys.network.dropout.log", "true");
    assertThatThrownBy(() -> SearchSpace.of(settings(range)))
        .hasMessage("search.keys.network.dropout.min = 0: must be below max = 0.5, and above 0");
  }

  private static Settings settings(Map<String, String> keys) {
    return Settings.defaults().with(keys, "--set");
  }
}
