package org.rondo.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.runs.RunMessages;

final class InterruptsTest {
  private final List<String> said = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private long milliseconds;
  private final Interrupts interrupts =
      new Interrupts(
          said::add,
          code -> ends.add("exit " + code),
          code -> ends.add("halt " + code),
          () -> milliseconds * 1_000_000);

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void theFirstSignalLetsARoundFinish(String signal) {
    interrupts.training();

    interrupts.on(signal);

    assertThat(interrupts.requested()).isTrue();
    assertThat(ends).isEmpty();
    assertThat(said).singleElement().asString().startsWith("stopping after this round");
  }

  @ParameterizedTest
  @CsvSource({"INT, INT", "INT, TERM", "TERM, TERM", "HUP, INT", "HUP, TERM"})
  void theSecondSignalEndsTheProcessAtOnce(String first, String second) {
    interrupts.training();

    interrupts.on(first);
    milliseconds = 500;
    interrupts.on(second);

    assertThat(ends).containsExactly("halt 130");
  }

  /** Sent to a process group, and handed on by timeout(1) as well. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalThatArrivesTwiceAtOnceIsOneRequest(String signal) {
    interrupts.training();

    interrupts.on(signal);
    milliseconds = 499;
    interrupts.on(signal);

    assertThat(ends).isEmpty();
  }

  /** A closing terminal sends it twice; systemd sends it right after SIGTERM. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "HUP"})
  void aHangUpRightAfterAnotherSignalIsTheSameRequest(String first) {
    interrupts.training();

    interrupts.on(first);
    milliseconds = 1999;
    interrupts.on("HUP");

    assertThat(ends).isEmpty();
  }

  @Test
  void aPreparationEndsAtItsNextReport() {
    RunMessages preparing = interrupts.preparing();
    preparing.show("1 of 3 MB");

    interrupts.on("TERM");

    assertThat(ends).isEmpty();
    assertThatThrownBy(() -> preparing.show("2 of 3 MB"))
        .isInstanceOf(InterruptedBeforeTraining.class);
    assertThatThrownBy(interrupts::starting).isInstanceOf(InterruptedBeforeTraining.class);
    assertThat(ExitCode.of(new IllegalStateException(new InterruptedBeforeTraining())).number())
        .isEqualTo(130);
  }

  @Test
  void theStartOfSparkEndsAtOnceAndInOrder() {
    interrupts.starting();

    interrupts.on("INT");

    assertThat(ends).containsExactly("exit 130");
  }
}
