package org.rondo.runs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.TrainingRun;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.training.DivergedException;
import org.rondo.training.events.TrainingListener;

final class SearchTest {
  /**
   * By the first rung, of 2 rounds, the rates rank 3, 2, 4, 1; the last one's loss is no number.
   */
  private static final String RATES = "[0.0001, 0.01, 0.03, 0.001, 1e38]";

  private static final Search.Place THREADS =
      (run, beginning, listener, stop) -> run.inProcess(beginning, listener, stop);

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void writeText() throws IOException {
    Files.writeString(folder.resolve("text.txt"), "the cat sat on the mat.\n".repeat(200));
  }

  @Test
  void theWinnerIsBitIdenticalToARunOfItsOwnAndItsConfigurationIsWritten() throws IOException {
    SearchOutcome outcome = search("search", false, THREADS, () -> false);

    assertThat(outcome.ranking())
        .extracting(Standing::trial, Standing::rung, Standing::rounds)
        .startsWith(org.assertj.core.groups.Tuple.tuple(3, 2, 4))
        .hasSize(5);
    assertThat(outcome.ranking()).extracting(Standing::trial).endsWith(4, 1, 5);
    assertThat(outcome.ranking().get(4).failure()).contains("diverged in round");
    Settings best = Settings.load(folder.resolve("search/best.conf").toFile());
    assertThat(best.text("output")).isEqualTo(folder + "/search/trial-003");
    assertThat(best.text("optimizer.learning_rate")).isEqualTo("0.03");
    assertThat(Files.readString(folder.resolve("search/search.csv")).lines()).hasSize(6);
    assertThat(outcome.curves().get(3).keySet()).containsExactly(1, 2, 3, 4);
    assertThat(outcome.curves().get(4).keySet()).containsExactly(1, 2);

    // Going on with a run that is over tells what it came to.
    assertThat(own(best, Beginning.RESUMED).result().parametersSha256())
        .isEqualTo(
            own(best.with(Map.of("output", folder + "/own"), "test"), Beginning.FRESH)
                .result()
                .parametersSha256());
  }

  @Test
  void aSearchThatWasStoppedOrKilledAnywhereGoesOnToTheSameEnd() throws IOException {
    SearchOutcome straight = search("straight", false, THREADS, () -> false);
    var asked = new AtomicInteger();
    var killed = new AtomicInteger();
    Search.Place mortal =
        (run, beginning, listener, stop) -> {
          RunOutcome outcome = run.inProcess(beginning, listener, stop);
          if (killed.incrementAndGet() == 2) {
            throw new IllegalStateException("killed before anything was written down");
          }
          return outcome;
        };

    assertThat(search("again", false, THREADS, () -> asked.incrementAndGet() > 3).best()).isEmpty();
    assertThatThrownBy(() -> search("again", true, mortal, () -> false))
        .hasMessageContaining("killed");
    assertThatThrownBy(() -> search("again", false, THREADS, () -> false))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("--resume goes on");
    SearchOutcome resumed = search("again", true, THREADS, () -> false);

    assertThat(resumed.best()).map(Trial::number).isEqualTo(straight.best().map(Trial::number));
    assertThat(resumed.ranking())
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(straight.ranking());
    Search.Place none =
        (run, beginning, listener, stop) -> {
          throw new AssertionError("nothing is left to train");
        };
    assertThat(search("again", true, none, () -> false).best()).isPresent();

    assertThatThrownBy(() -> search("again", true, none, () -> false, Map.of("network.units", "9")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("it was begun with other settings");
  }

  @Test
  void aSearchThatGoesOnWithFewerRungsTrainsEveryTrialToItsEnd() throws IOException {
    search("rungs", false, THREADS, () -> false);
    SearchOutcome one =
        search("rungs", true, THREADS, () -> false, Map.of("search.halving.rungs", "1"));

    assertThat(one.ranking()).extracting(Standing::rung).containsOnly(1).hasSize(5);
    assertThat(one.ranking()).extracting(Standing::rounds).containsExactly(4, 4, 4, 4, 0);
  }

  /** As where more samples leave one out after the first rung that a smaller search trained. */
  @Test
  void theBestIsThatOfAllThatWereTrainedToTheEnd() throws IOException {
    search("more", false, THREADS, () -> false);
    Path file = folder.resolve("more/search.jsonl");
    String last =
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("\"trial\":3,\"rung\":2,"))
            .findFirst()
            .orElseThrow();
    Files.writeString(
        file, last.replace("\"trial\":3", "\"trial\":1") + "\n", StandardOpenOption.APPEND);

    SearchOutcome outcome = search("more", true, THREADS, () -> false);

    assertThat(outcome.best()).map(Trial::number).contains(1);
    assertThat(outcome.figures()).containsEntry("best", 1);
    assertThat(outcome.ranking().get(0).trial()).isEqualTo(1);
    assertThat(Settings.load(folder.resolve("more/best.conf").toFile()).text("output"))
        .endsWith("trial-001");
  }

  @Test
  void aSearchOfWhichEveryTrialDivergesSaysSo() {
    assertThatThrownBy(
            () ->
                search(
                    "diverged",
                    false,
                    THREADS,
                    () -> false,
                    Map.of("search.keys.optimizer.learning_rate", "[1e37, 1e38]")))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("every trial of the search diverged");
  }

  @Test
  void whatIsWrongWithATrialShowsBeforeAnythingIsWritten() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("search.keys.network.cell", "[lstm, lstn]"),
            Map.of("search.keys.network.unit", "[1, 2]"),
            Map.of("search.keys.network.units", "[1, two]"),
            Map.of("search.parallel", "0"),
            Map.of("train.time_limit", "5"))) {
      assertThatThrownBy(() -> search("wrong", false, THREADS, () -> false, wrong))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining(wrong.keySet().iterator().next().replace("search.keys.", ""));
    }
    assertThat(folder.resolve("wrong")).doesNotExist();
  }

  private SearchOutcome search(
      String output, boolean resume, Search.Place place, BooleanSupplier stop) throws IOException {
    return search(output, resume, place, stop, Map.of());
  }

  private SearchOutcome search(
      String output,
      boolean resume,
      Search.Place place,
      BooleanSupplier stop,
      Map<String, String> more)
      throws IOException {
    var keys = new HashMap<String, String>();
    keys.put("data.path", folder.resolve("text.txt").toString());
    keys.put("output", folder.resolve(output).toString());
    keys.put("train.rounds", "4");
    keys.put("train.sync_every", "2");
    keys.put("train.batch", "4");
    keys.put("train.unroll", "8");
    keys.put("evaluate.every", "1");
    keys.put("network.units", "8");
    keys.put("generate.length", "10");
    keys.put("search.keys.optimizer.learning_rate", RATES);
    keys.put("search.halving.rungs", "2");
    keys.put("search.halving.factor", "2");
    keys.putAll(more);
    try (Search search =
        Search.prepare(
            Settings.defaults().with(keys, "test"),
            new Configuration(),
            resume,
            () -> {
              throw new AssertionError("a text needs no Spark");
            },
            said::add)) {
      return search.run(place, stop);
    }
  }

  private RunOutcome own(Settings settings, Beginning beginning) throws IOException {
    try (TrainingRun run = TrainingRun.prepare(settings, new Configuration(), said::add)) {
      return run.inProcess(beginning, TrainingListener.NONE, () -> false);
    }
  }
}
