package org.rondo.driver.ui;

import org.rondo.training.events.TrainingEvent;
import org.rondo.training.timing.RoundTimes;

/** What is drawn and averaged over the rounds of one run. */
final class RunSums {
  private final Curve trainLoss = new Curve();
  private final Curve score = new Curve();
  private final Curve tokensPerSecond = new Curve();
  private final Curve gradientNorm = new Curve();
  private String metric = "";
  private int rounds;
  private int measured;
  private double seconds;
  private RoundTimes times = RoundTimes.NONE;

  void add(TrainingEvent event) {
    if (event instanceof TrainingEvent.RoundFinished r) {
      trainLoss.add(r.round(), r.trainLoss());
      tokensPerSecond.add(r.round(), r.tokensPerSecond());
      gradientNorm.add(r.round(), r.gradientNorm());
      seconds += r.seconds();
      rounds++;
    } else if (event instanceof TrainingEvent.RoundMeasured m) {
      times = times.plus(m.times());
      measured++;
    } else if (event instanceof TrainingEvent.Evaluated e) {
      metric = e.shown().name();
      score.add(e.round(), e.shown().value());
    }
  }

  Curves curves() {
    return new Curves(
        trainLoss.points(),
        metric,
        score.points(),
        tokensPerSecond.points(),
        gradientNorm.points());
  }

  /** Null before the first round. */
  TimeShares meanRound() {
    return measured == 0 ? null : new TimeShares(seconds / rounds, times.dividedBy(measured));
  }
}
