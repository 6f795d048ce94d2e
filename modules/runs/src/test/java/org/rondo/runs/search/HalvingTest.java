package org.rondo.runs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Score;

/** By hand. */
final class HalvingTest {
  @Test
  void rungsEndAtEvaluationsAndTheLastWithTheRun() {
    var halving = new Halving(3, 3);

    assertThat(Stream.of(1, 2, 3).map(rung -> halving.rounds(rung, 90, 1)))
        .containsExactly(10, 30, 90);
    assertThat(Stream.of(1, 2, 3).map(rung -> halving.rounds(rung, 100, 5)))
        .containsExactly(15, 35, 100);
    assertThat(Stream.of(1, 2, 3).map(rung -> halving.rounds(rung, 8, 10)))
        .containsExactly(8, 8, 8);
    assertThat(new Halving(1, 3).rounds(1, 7, 2)).isEqualTo(7);
    assertThat(new Halving(20, 1000).rounds(1, Integer.MAX_VALUE, 1)).isEqualTo(1);
  }

  @Test
  void oneInSoManyGoesOn() {
    assertThat(Stream.of(9, 8, 3, 2, 1).map(new Halving(2, 3)::survivors))
        .containsExactly(3, 2, 1, 1, 1);
    assertThatThrownBy(() -> new Halving(2, 1)).hasMessageContaining("search.halving.factor");
  }

  @Test
  void theBestComesFirstAndTheDivergedLast() {
    var diverged = Standing.diverged(1, 1, "inf");
    List<Standing> sorted =
        Stream.of(diverged, accuracy(2, 0.5), accuracy(3, 0.7), accuracy(4, 0.7))
            .sorted(Standing.BEST_FIRST)
            .toList();

    assertThat(sorted).extracting(Standing::trial).containsExactly(3, 4, 2, 1);
  }

  private static Standing accuracy(int trial, double value) {
    return new Standing(trial, 1, 5, 50, 1, false, List.of(new Score("accuracy", value, true)), "");
  }
}
