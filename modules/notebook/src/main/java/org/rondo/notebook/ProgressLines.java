package org.rondo.notebook;

import java.io.PrintStream;
import java.util.Locale;
import org.rondo.runs.RunMessages;
import org.rondo.training.events.EventText;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.RoundFinished;
import org.rondo.training.events.TrainingListener;

/**
 * Shows a run as it goes, in lines, since a notebook takes nothing back: one per evaluation, and
 * one when nothing was said for a while.
 */
final class ProgressLines implements TrainingListener, RunMessages {
  private static final long SILENCE = 15_000_000_000L;

  private final PrintStream out;
  private RoundFinished round;
  private long next;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void say(String text) {
    out.println(Drawn.text(text));
    out.flush();
    next = System.nanoTime() + SILENCE;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      EventText.of(started).forEach(this::say);
    } else if (event instanceof RoundFinished finished) {
      round = finished;
      if (System.nanoTime() >= next) {
        say(figures(""));
      }
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      say(figures(", validation " + evaluated.shown().text()));
    } else if (event instanceof TrainingEvent.StorageFailed failed) {
      say(EventText.of(failed));
    } else if (event instanceof TrainingEvent.Finished finished
        && finished.end() != TrainingEvent.End.INTERRUPTED) { // the paragraph's error says that
      say(EventText.of(finished));
    }
  }

  private String figures(String evaluation) {
    return String.format(
        Locale.ROOT,
        "round %d of %d: training loss %.4f%s, %,.0f tokens/s",
        round.round(),
        round.rounds(),
        round.trainLoss(),
        evaluation,
        round.tokensPerSecond());
  }
}
