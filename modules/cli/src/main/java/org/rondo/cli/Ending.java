package org.rondo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.cli.results.ForecastTable;
import org.rondo.driver.TrainingResult;
import org.rondo.kernels.Counted;
import org.rondo.runs.RunOutcome;

/** What a person wants to know when a run has ended, as a short table. */
final class Ending {
  private Ending() {}

  /**
   * Its lines.
   *
   * @param seconds that the command took
   * @param next a command that uses the network
   * @param resume the command that goes on
   */
  static List<String> lines(RunOutcome outcome, double seconds, String next, String resume) {
    TrainingResult result = outcome.result();
    var lines = new ArrayList<String>();
    outcome
        .explosion()
        .ifPresent(
            sentence ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "warning: %s; a smaller optimizer.learning_rate, or train.clip_norm, may help; the best checkpoint is of round %d",
                        sentence,
                        outcome.best().round())));
    lines.add(
        "best     "
            + (result.bestCheckpoint().isEmpty()
                ? "not evaluated yet"
                : String.format(
                    Locale.ROOT,
                    "validation %s, round %d of %d",
                    result.shown().text(),
                    outcome.best().round(),
                    result.rounds())));
    ForecastTable.beside(result.scores()).ifPresent(line -> lines.add("beside   " + line));
    lines.add("time     " + Progress.time(Math.round(seconds)));
    lines.add(
        String.format(
            Locale.ROOT,
            "speed    %,.0f %ss/s, %s in all",
            result.tokensPerSecond(),
            outcome.unit(),
            Counted.of(result.tokens(), outcome.unit())));
    lines.add("report   " + outcome.report());
    lines.add("next     " + next);
    if (result.canGoOn()) {
      lines.add("go on    " + resume);
    }
    return lines;
  }
}
