package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.training.TrainingEvent.Evaluated;
import org.rondo.training.TrainingEvent.RoundFinished;
import org.rondo.training.TrainingEvent.Started;

final class ProgressTest {
  private final StringWriter written = new StringWriter();

  @Test
  void aTerminalShowsRoundLossPerplexitySpeedAndTimeLeft() {
    Progress progress = progress(120);

    progress.on(started());
    progress.on(new Evaluated(1, 2.0, 7.389, true));
    progress.on(round(2));

    assertThat(written.toString())
        .contains("[=======")
        .containsPattern(
            "round 2/6, loss 1\\.5000, validation perplexity 7\\.389, 12,345 tokens/s, 0:00 left");
  }

  @Test
  void withoutATerminalRoundsAreSilentForSomeSecondsAndEvaluationsAreLines() {
    Progress progress = progress(0);

    progress.on(started());
    progress.on(round(1));
    progress.on(round(2));
    progress.on(new Evaluated(2, 2.0, 7.389, true));

    assertThat(written.toString().lines())
        .containsExactly(
            "training, from round 1 of 6: 1,000 parameters, 2 shards on threads; kernels",
            "round 2: validation loss 2.0000, perplexity 7.389, the best so far");
    assertThat(written.toString()).doesNotContain("\r", "\033");
  }

  @Test
  void aRunThatIsDoneSaysHowItGoesOn() {
    progress(0).on(new Started(7, 6, 2, 1000, "threads", "kernels", 0, List.of()));

    assertThat(written.toString().lines())
        .containsExactly("all 6 rounds are done; a greater train.rounds goes on from here");
  }

  @Test
  void aNarrowTerminalGetsNoLineThatWraps() {
    Progress progress = progress(40);

    progress.on(started());
    progress.on(round(1));

    String bar = written.toString().substring(written.toString().lastIndexOf("\033[K") + 3);
    assertThat(bar).hasSize(39);
  }

  private Progress progress(int columns) {
    return new Progress(new StatusLine(new PrintWriter(written), columns));
  }

  private static Started started() {
    return new Started(1, 6, 2, 1000, "threads", "kernels", 0, List.of());
  }

  private static RoundFinished round(int round) {
    return new RoundFinished(round, 6, 1.5, 100, 0.1, 12345, 0.01, 1, 0);
  }
}
