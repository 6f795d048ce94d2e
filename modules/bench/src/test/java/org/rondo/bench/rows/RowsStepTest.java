package org.rondo.bench.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.bench.Figure;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.HeadSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

class RowsStepTest {
  @Test
  void lengthsFollowTheQuantilesAndAreCut() {
    List<Integer> lengths =
        RowsConfiguration.named("classifier").lengths(2_000, CounterRandom.of(1));
    assertThat(lengths).allSatisfy(length -> assertThat(length).isBetween(11, 400));
    assertThat(lengths.stream().sorted().toList().get(1_000)).isBetween(210, 230);
    assertThat(lengths.stream().filter(length -> length == 400).count()).isBetween(370L, 480L);
  }

  @Test
  void theReportComparesMediansOfAllWindows() {
    Figure rondo =
        Figure.of("rows")
            .with("implementation", "rondo")
            .with("windows", "300,100")
            .with("padding", 0.125, 3)
            .with("configuration", "tagger")
            .with("precision", "float32");
    Figure pytorch =
        Figure.of("rows")
            .with("implementation", "pytorch")
            .with("windows", "100")
            .with("configuration", "tagger")
            .with("precision", "float32");
    assertThat(RowsReport.section(List.of(rondo, pytorch, rondo)))
        .contains("| tagger | float32 | 200 | 100 | 2.00 | 1.3 | 12.5 % |\n")
        .doesNotContain("| classifier |");
  }

  private static RecurrentStack stack() {
    return new RecurrentStack(CellSpec.of("lstm", 4), 1, 0.5, false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tagger", "decoder"})
  void realStepsArePartOfThoseComputed(String head, @TempDir Path folder) {
    var tiny =
        new RowsConfiguration("tiny", 9, 3, stack(), new HeadSpec(head, 3), 2, 6, List.of(1, 3, 8));
    try (var step = new RowsStep(tiny, "float32", folder, 7)) {
      List<String> minibatches = step.minibatches();
      assertThat(minibatches).hasSize(4);
      Figure figure = step.measure(1, 0.01, 0);
      assertThat(figure.number("median")).isPositive();
      assertThat(figure.number("padding")).isBetween(0.0, 0.7);
    }
  }
}
