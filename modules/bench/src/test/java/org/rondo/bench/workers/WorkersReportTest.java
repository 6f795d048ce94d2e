package org.rondo.bench.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkersReportTest {
  private static final List<Run> RUNS =
      List.of(
          run("average", 1, 1.0, 1, 100),
          run("average", 1, 0.5, 1, 120),
          run("average", 1, 1.0, 2, 104),
          run("average", 4, 1.0, 1, 130),
          run("average", 4, 0.5, 1, 110),
          run("average", 4, 0.5, 2, 114),
          run("block-momentum", 4, 0.5, 1, 102),
          run("none", 4, 0.5, 1, Double.POSITIVE_INFINITY));

  private static Run run(String synchronizer, int shards, double rate, int seed, double value) {
    return new Run("small", synchronizer, shards, rate, seed, value, 5000);
  }

  @Test
  void theFirstSeedChoosesTheLearningRateAndAllSeedsAtItCount() {
    assertThat(WorkersReport.tables(Study.of(RUNS)))
        .contains("| synchronizer | 1 worker | 4 workers |")
        .contains("| average | 102.0 ± 2.0 | 112.0 ± 2.0 (+9.8 %) |")
        .contains("| average | 1.0 | 0.5 |")
        .contains("Each run trains 5,000 tokens.");
  }

  @Test
  void oneWorkerStandsForEverySynchronizer() {
    assertThat(WorkersReport.tables(Study.of(RUNS)))
        .contains("| block-momentum | 102.0 ± 2.0 | 102.0 (+0.0 %) |")
        .contains("| none | 102.0 ± 2.0 | diverged |");
  }

  @Test
  void everyRunIsListedWithTheChosenRateInBold() {
    assertThat(WorkersReport.tables(Study.of(RUNS)))
        .contains("| average | 4 | **0.5** | 110.0 | 114.0 |")
        .contains("| average | 4 | 1.0 | 130.0 | - |");
  }

  @Test
  void thePictureHasALinePerSynchronizerAndLeavesOutWhatDiverged() {
    String svg = WorkersReport.picture(Study.of(RUNS));

    assertThat(svg).contains(">average</text>", ">block-momentum</text>", ">none</text>");
    assertThat(svg.split("<circle")).hasSize(1 + 2 + 2 + 1);
  }

  @Test
  void filesSayInTheirNamesWhatWasTrained(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("2x200-block-momentum-16-2.5e-3-3.json"),
        "{\"perplexity\":115.5,\"tokens\":42}");
    Files.writeString(
        folder.resolve("2x200-none-2-1-1.json"), "{\"perplexity\":null,\"tokens\":9}");

    assertThat(Run.readAll(folder))
        .containsExactly(
            new Run("2x200", "block-momentum", 16, 0.0025, 3, 115.5, 42),
            new Run("2x200", "none", 2, 1, 1, Double.POSITIVE_INFINITY, 9));
  }

  @Test
  void aFileThatIsNoRunIsNamed(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Run.readAll(folder)).hasMessageContaining("holds no *.json");
    Path cut = Files.writeString(folder.resolve("2x200-average-1-1-1.json"), "{\"perpl");
    assertThatThrownBy(() -> Run.readAll(folder)).hasMessageContaining(cut.toString());
    Files.delete(cut);
    Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(() -> Run.readAll(folder))
        .hasMessageContaining("other.json")
        .hasMessageContaining("MODEL-SYNCHRONIZER-SHARDS-RATE-SEED");
  }
}
