package org.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.evaluation.Score;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.TimeLimit;
import org.rondo.training.RoundActivity;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.CheckpointWritten;
import org.rondo.training.events.TrainingEvent.RoundFinished;
import org.rondo.training.events.TrainingEvent.Started;

final class ProgressTest {
  private static final String CLEAR = "\r\033[K";

  private final StringWriter written = new StringWriter();
  private long seconds;
  private Progress progress;

  @AfterEach
  void stop() {
    progress.close();
    RoundActivity.forget();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | [========                ] round 2/6, loss 1.5000, validation perplexity 7.389, 12,345 tokens/s, 0:20 left",
        " 80 | round 2/6, loss 1.5000, validation perplexity 7.389, 12,345 tokens/s, 0:20 left",
        " 79 | round 2/6, loss 1.5000, perplexity 7.389, 12,345 tokens/s, 0:20 left",
        " 60 | round 2/6, loss 1.5000, 12,345 tokens/s, 0:20 left",
        " 40 | round 2/6, 12,345 tokens/s, 0:20 left",
        " 30 | 12,345 tokens/s, 0:20 left",
      })
  void everyWidthShowsSpeedAndTimeLeft(int columns, String expected) {
    afterTwoRounds(columns);

    assertThat(lastLine()).isEqualTo(expected).hasSizeLessThan(columns);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | round 3/6, 2/8 minibatches, loss 1.5000, validation perplexity 7.389, 12,345 tokens/s, 0:20 left",
        " 80 | round 3/6, 2/8 minibatches, loss 1.5000, 12,345 tokens/s, 0:20 left",
        " 60 | round 3/6, 2/8 minibatches, 12,345 tokens/s, 0:20 left",
      })
  void aRoundInProgressShowsItsMinibatches(int columns, String expected) {
    afterTwoRounds(columns);
    RoundActivity.reported("executor 1", new RoundActivity.Report(3, 2));
    RoundActivity.reported("executor 2", new RoundActivity.Report(2, 4));

    progress.look();

    assertThat(lastLine()).isEqualTo(expected);
  }

  @Test
  void theFirstRoundShowsThatItMoves() {
    start(60, 0);
    RoundActivity.reported("executor 1", new RoundActivity.Report(1, 3));
    // A task that ran twice.
    RoundActivity.reported("executor 2", new RoundActivity.Report(1, 9));

    progress.look();

    assertThat(lastLine()).isEqualTo("[                        ] round 1/6, 8/8 minibatches");
  }

  @Test
  void noMoreTimeIsLeftThanTheLimitLeaves() {
    start(60, 0.25);
    seconds = 10;
    progress.on(round(2));

    assertThat(lastLine()).endsWith("0:05 left");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20})
  void aNarrowTerminalGetsNoLineThatWraps(int columns) {
    afterTwoRounds(columns);

    assertThat(lastLine()).hasSizeLessThan(columns);
  }

  @Test
  void withoutATerminalRoundsAreSilentForSomeSecondsAndEvaluationsAreLines() {
    start(0, 0);
    progress.on(round(1));
    progress.on(round(2));
    progress.on(evaluated(2, 2.0, 7.389));

    assertThat(written.toString().lines())
        .containsExactly(
            "training, from round 1 of 6: 1,000 parameters, 2 shards on threads; kernels",
            "round 2: validation loss 2.0000, perplexity 7.389, the best so far");
    assertThat(written.toString()).doesNotContain("\r", "\033");
  }

  @Test
  void aRunThatIsDoneSaysHowItGoesOn() {
    progress = progress(0, 0);
    progress.on(new Started(7, 6, 2, 1000, "threads", "kernels", 0, List.of(), List.of()));

    assertThat(written.toString().lines())
        .containsExactly("all 6 rounds are done; a greater train.rounds goes on from here");
  }

  @Test
  void aRunIsResumableAfterItsNewestCheckpointThatIsNotTheBest() {
    start(0, 0);
    assertThat(progress.resumable()).isEmpty();
    progress.on(new CheckpointWritten(3, "round-3", false));
    progress.on(new CheckpointWritten(4, "best-4", true));

    assertThat(progress.resumable()).hasValue(3);
  }

  @Test
  void whatIsShownCannotSteerTheTerminal() {
    start(80, 0);
    var status = new StatusLine(new PrintWriter(written), 80);
    status.say("a path \033]0;title\007\u202e");
    status.show("file\nname");

    assertThat(written.toString())
        .contains("a path \\u001b]0;title\\u0007\\u202e")
        .endsWith(CLEAR + "file\\u000aname");
  }

  private void afterTwoRounds(int columns) {
    start(columns, 0);
    seconds = 10;
    progress.on(round(2));
    progress.on(evaluated(2, 2.0, 7.389));
    progress.on(round(2));
  }

  private void start(int columns, double minutes) {
    progress = progress(columns, minutes);
    progress.on(new Started(1, 6, 2, 1000, "threads", "kernels", 0, List.of(), List.of()));
  }

  private Progress progress(int columns, double minutes) {
    var keys = Map.of("train.rounds", "6", "train.sync_every", "4");
    return new Progress(
        new StatusLine(new PrintWriter(written), columns),
        new Plans(Settings.defaults().with(keys, "test")).training(),
        new TimeLimit(minutes),
        "token",
        () -> seconds * 1_000_000_000L);
  }

  private String lastLine() {
    String all = written.toString();
    return all.substring(all.lastIndexOf(CLEAR) + CLEAR.length());
  }

  private static RoundFinished round(int round) {
    return new RoundFinished(round, 6, 1.5, 100, 0.1, 12345, 0.01, 1, 0);
  }

  private static TrainingEvent.Evaluated evaluated(int round, double loss, double perplexity) {
    return new TrainingEvent.Evaluated(
        round,
        loss,
        List.of(new Score("loss", loss, false), new Score("perplexity", perplexity, false)),
        Map.of(),
        true);
  }
}
