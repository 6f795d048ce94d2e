package org.rondo.sparkml.fits;

import java.util.ArrayList;
import java.util.List;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;

/** Makes epochs of the rounds of a run, and logs what happens. */
final class EpochHistory implements TrainingListener {
  private final int roundsPerEpoch;
  private final List<TrainingSummary.Epoch> epochs = new ArrayList<>();
  private double losses;
  private long targets;
  private int parameters;
  private String fingerprint = "";

  EpochHistory(int roundsPerEpoch) {
    this.roundsPerEpoch = roundsPerEpoch;
  }

  @Override
  public void on(TrainingEvent event) {
    LOG.on(event instanceof TrainingEvent.Started started ? toldOnce(started) : event);
    if (event instanceof TrainingEvent.Started started) {
      parameters = started.parameters();
      fingerprint = started.fingerprint();
    } else if (event instanceof TrainingEvent.RoundFinished round) {
      losses += round.trainLoss() * round.tokens();
      targets += round.tokens();
    } else if (event instanceof TrainingEvent.Evaluated evaluated) {
      epochs.add(
          new TrainingSummary.Epoch(
              epoch(evaluated.round()), losses / targets, evaluated.loss(), evaluated.scores()));
      losses = 0;
      targets = 0;
    }
  }

  private static TrainingEvent toldOnce(TrainingEvent.Started started) {
    return new TrainingEvent.Started(
        started.firstRound(),
        started.rounds(),
        started.shards(),
        started.parameters(),
        started.carrier(),
        started.fingerprint(),
        started.leftoverTokens(),
        SessionAdvice.untold(started.warnings()),
        started.remarks());
  }

  /** The epoch that ends with a round. */
  int epoch(int round) {
    return (round + roundsPerEpoch - 1) / roundsPerEpoch;
  }

  List<TrainingSummary.Epoch> epochs() {
    return epochs;
  }

  int parameters() {
    return parameters;
  }

  String fingerprint() {
    return fingerprint;
  }
}
