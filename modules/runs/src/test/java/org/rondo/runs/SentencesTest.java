package org.rondo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.training.events.EventText;
import org.rondo.training.events.TrainingEvent;

class SentencesTest {
  private static TrainingEvent.Started started(int firstRound) {
    return new TrainingEvent.Started(
        firstRound,
        5,
        2,
        1000,
        "2 threads of this process",
        "java",
        0,
        List.of("bits will differ"),
        firstRound == 1 ? List.of("a tenth is padding") : List.of());
  }

  @Test
  void warningsAreListedWhetherOrNotThereIsARoundLeft() {
    assertThat(EventText.of(started(3))).hasSize(2).last().isEqualTo("warning: bits will differ");
    assertThat(EventText.of(started(6)))
        .containsExactly(
            "all 5 rounds are done; a greater train.rounds goes on from here",
            "warning: bits will differ");
  }

  @Test
  void remarksAreNoWarnings() {
    assertThat(EventText.of(started(1)).subList(1, 3))
        .containsExactly("note: a tenth is padding", "warning: bits will differ");
  }
}
