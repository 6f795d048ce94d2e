package org.rondo.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingEvent.Evaluated;
import org.rondo.training.events.TrainingEvent.GradientsMeasured;
import org.rondo.training.events.TrainingEvent.RoundFinished;
import org.rondo.training.events.TrainingListener;

/** Keeps of a run what its tables and curves are drawn from. */
final class Recording implements TrainingListener {
  /**
   * An evaluation and the round before it.
   *
   * @param tokens trained by all shards, those before a resumed run went on among them
   */
  record Point(RoundFinished round, Evaluated evaluated, long tokens) {}

  private final List<RoundFinished> rounds = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private long tokens;
  private long earlier;
  private int round;
  private int resumable;
  private GradientsMeasured firstGradients;
  private GradientsMeasured lastGradients;

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      round = started.firstRound() - 1;
      resumable = round;
    } else if (event instanceof RoundFinished finished) {
      rounds.add(finished);
      round = finished.round();
      tokens += finished.tokens();
    } else if (event instanceof TrainingEvent.CheckpointWritten written) {
      resumable = written.best() ? resumable : written.round();
    } else if (event instanceof Evaluated evaluated) {
      points.add(new Point(rounds.get(rounds.size() - 1), evaluated, tokens));
    } else if (event instanceof GradientsMeasured gradients) {
      firstGradients = firstGradients == null ? gradients : firstGradients;
      lastGradients = gradients;
    }
  }

  /**
   * The run is over.
   *
   * @param total tokens trained in all; what was not heard of was trained before the run went on
   */
  void endedAt(long total) {
    earlier = total - tokens;
  }

  /** Why a run that was cancelled has no result, and how to go on. */
  String cancelled() {
    return resumable > 0
        ? String.format(
            Locale.ROOT,
            "cancelled after round %d; resume() of the same trainer goes on after round %d",
            round,
            resumable)
        : "cancelled before the first checkpoint; train() begins anew";
  }

  List<RoundFinished> rounds() {
    return rounds;
  }

  List<Point> points() {
    return points.stream()
        .map(p -> new Point(p.round(), p.evaluated(), earlier + p.tokens()))
        .toList();
  }

  /** Of the first round that was heard of; of a fresh run that is of the initial parameters. */
  GradientFlow firstGradients() {
    return GradientFlow.of(firstGradients);
  }

  /** Of the last round. */
  GradientFlow lastGradients() {
    return GradientFlow.of(lastGradients);
  }
}
