package org.rondo.cli;

import java.util.Locale;
import org.rondo.training.Sentences;
import org.rondo.training.TrainingEvent;
import org.rondo.training.TrainingListener;

/** Shows a run as it goes: a bar for the rounds, a line that stays for every evaluation. */
final class Progress implements TrainingListener {
  private static final int BAR = 24;

  private final StatusLine status;
  private double perplexity = Double.NaN;
  private long startedAt;
  private int firstRound;

  Progress(StatusLine status) {
    this.status = status;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      begin(started);
    } else if (event instanceof TrainingEvent.RoundFinished round) {
      status.show(bar(round) + figures(round));
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      perplexity = evaluated.perplexity();
      status.say(Sentences.of(evaluated));
    } else if (event instanceof TrainingEvent.StorageFailed failed) {
      status.say(Sentences.of(failed));
    } else if (event instanceof TrainingEvent.Finished finished) {
      status.say(Sentences.of(finished));
    }
  }

  private void begin(TrainingEvent.Started started) {
    startedAt = System.nanoTime();
    firstRound = started.firstRound();
    Sentences.of(started).forEach(status::say);
  }

  private String bar(TrainingEvent.RoundFinished round) {
    if (!status.terminal()) {
      return "";
    }
    int full = (int) ((long) BAR * round.round() / round.rounds());
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
  }

  private String figures(TrainingEvent.RoundFinished round) {
    return String.format(
        Locale.ROOT,
        "round %d/%d, loss %.4f%s, %,.0f tokens/s, %s left",
        round.round(),
        round.rounds(),
        round.trainLoss(),
        Double.isNaN(perplexity)
            ? ""
            : String.format(Locale.ROOT, ", validation perplexity %.3f", perplexity),
        round.tokensPerSecond(),
        left(round));
  }

  /** What the rounds to come take at the pace of those since the start, evaluations included. */
  private String left(TrainingEvent.RoundFinished round) {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    double each = seconds / (round.round() - firstRound + 1);
    long rest = Math.round(each * (round.rounds() - round.round()));
    return rest >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60)
        : String.format(Locale.ROOT, "%d:%02d", rest / 60, rest % 60);
  }
}
