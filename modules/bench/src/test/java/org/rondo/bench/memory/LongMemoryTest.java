package org.rondo.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Minibatch;

final class LongMemoryTest {
  private static final Contender LSTM =
      Contender.all().stream().filter(c -> c.name().equals("lstm")).findFirst().orElseThrow();

  @Test
  void theFirstSymbolIsTheOneTargetAndStandsNowhereElse() {
    var task = new RecallTask(5);
    var minibatch = new Minibatch(task.steps(), 4);

    task.fill(minibatch, CounterRandom.of(3));

    assertThat(minibatch.targetCount()).isEqualTo(4);
    for (int b = 0; b < 4; b++) {
      int symbol = minibatch.inputs()[b];
      assertThat(symbol).isBetween(0, RecallTask.SYMBOLS - 1);
      assertThat(minibatch.targets()[5 * 4 + b]).isEqualTo(symbol);
      for (int t = 1; t < task.steps(); t++) {
        assertThat(minibatch.inputs()[t * 4 + b])
            .isBetween(RecallTask.SYMBOLS, RecallTask.VOCABULARY - 1);
      }
    }
  }

  @Test
  void anLstmLearnsToRemember10StepsInTheSameWayEveryTime() {
    Outcome outcome = Trial.run(LSTM, 10, 1, 1);

    assertThat(outcome.learnedAfter()).isPresent();
    assertThat(outcome.accuracy()).isEqualTo(1, within(0.01));
    assertThat(outcome.before()).hasSize(11).startsWith(1.0);
    assertThat(outcome.after()).hasSize(11);
    assertThat(Trial.run(LSTM, 10, 1, 1)).isEqualTo(outcome);
  }

  @Test
  void tablesTellWhatSeedsHaveInCommonAndThePictureEndsWhereALineLeavesIt() {
    var learned =
        new Outcome(OptionalInt.of(200), 1, 0.25, List.of(1.0, 0.5, 0.1), List.of(1.0, 1e-9, 0.0));
    var failed = new Outcome(OptionalInt.empty(), 0.4, 0.25, List.of(1.0, 0.5, 0.3), List.of());
    var summary = new Summary(LSTM, 0.03, List.of(learned, failed));
    var tables = new Tables(List.of(2), List.of(List.of(summary)));

    assertThat(tables.learning())
        .isEqualTo(
            """
            | network | T = 2 |
            |---|---|
            | lstm | 70 %, 1 of 2 after 200, 1 of 2 explode (0.03) |
            """);
    assertThat(tables.gradients()).endsWith("| lstm | 1e-01, 0e+00, 25 % |\n");
    assertThat(FlowPicture.of(List.of(2), List.of(List.of(summary))))
        .startsWith("<svg")
        .endsWith("</svg>\n")
        .contains("M60.0 88.5L185.0 ")
        .doesNotContain("NaN", "Infinity");
  }
}
