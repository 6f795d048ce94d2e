package org.rondo.bench.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.bench.Figure;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.HeadSpec;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;

class RowsStepTest {
  @Test
  void lengthsFollowTheQuantilesAndAreCut() {
    List<Integer> lengths =
        RowsConfiguration.named("classifier").lengths(2_000, CounterRandom.of(1));
    assertThat(lengths).allSatisfy(length -> assertThat(length).isBetween(11, 400));
    assertThat(lengths.stream().sorted().toList().get(1_000)).isBetween(210, 230);
    assertThat(lengths.stream().filter(length -> length == 400).count()).isBetween(370L, 480L);
  }

  /** Two equal characters need a step between them. */
  @Test
  void labelsOfRecordingsFitAndHoldNoBlank() {
    RowsConfiguration transcriber = RowsConfiguration.named("transcriber");
    assertThat(transcriber.symbols()).isEqualTo(29);
    assertThat(transcriber.lengths(500, CounterRandom.of(1)))
        .allSatisfy(steps -> assertThat(transcriber.labels(steps)).isBetween(15, 30))
        .allSatisfy(steps -> assertThat(2 * transcriber.labels(steps)).isLessThanOrEqualTo(steps));
    assertThat(RowsConfiguration.named("translator").labels(7)).isEqualTo(7);
    assertThat(RowsConfiguration.named("classifier").labels(7)).isEqualTo(1);
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

  private static NetworkSpec ofIds(String head) {
    var stack = new RecurrentStack(CellSpec.of("lstm", 4), 1, 0.5, false, true);
    return new NetworkSpec(stack.over(new Embedding(9, 3)), new HeadSpec(head, 3));
  }

  private static NetworkSpec ofValues(String head) {
    RecurrentStack stack = RecurrentStack.of(CellSpec.of("lstm", 4), 1, 0);
    return new NetworkSpec(
        stack.over(new Values(5)), new HeadSpec(head, 3, new Options(Map.of("pooling", "last"))));
  }

  static List<NetworkSpec> networks() {
    return List.of(
        ofIds("tagger"),
        ofIds("decoder"),
        ofIds("ctc"),
        ofValues("regression"),
        ofValues("classifier"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void realStepsArePartOfThoseComputed(NetworkSpec network, @TempDir Path folder) {
    var tiny = new RowsConfiguration("tiny", network, 2, 6, List.of(1, 3, 8), Map.of());
    try (var step = new RowsStep(tiny, "float32", folder, 7)) {
      List<String> minibatches = step.minibatches();
      assertThat(minibatches).hasSize(4);
      Figure figure = step.measure(1, 0.01, 0);
      assertThat(figure.number("median")).isPositive();
      assertThat(figure.number("padding")).isBetween(0.0, 0.7);
    }
  }
}
