package org.rondo.driver.ui;

import org.rondo.training.events.TrainingEvent;

/**
 * The newest event of each kind in a run; null where there was none yet.
 *
 * @param best the best evaluation
 * @param failure why the run ended, if with an error
 */
public record LatestEvents(
    TrainingEvent.Started started,
    TrainingEvent.RoundFinished round,
    TrainingEvent.RoundMeasured measured,
    TrainingEvent.Evaluated evaluated,
    TrainingEvent.Evaluated best,
    TrainingEvent.CheckpointWritten checkpoint,
    TrainingEvent.Finished finished,
    String failure) {
  /** Before any. */
  static final LatestEvents NONE = new LatestEvents(null, null, null, null, null, null, null, null);

  /** The same with a newer one of its kind; a run that starts forgets the one before it. */
  LatestEvents with(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started e) {
      return new LatestEvents(e, null, null, null, null, null, null, null);
    } else if (event instanceof TrainingEvent.RoundFinished e) {
      return new LatestEvents(started, e, measured, evaluated, best, checkpoint, finished, failure);
    } else if (event instanceof TrainingEvent.RoundMeasured e) {
      return new LatestEvents(started, round, e, evaluated, best, checkpoint, finished, failure);
    } else if (event instanceof TrainingEvent.Evaluated e) {
      return new LatestEvents(
          started, round, measured, e, e.best() ? e : best, checkpoint, finished, failure);
    } else if (event instanceof TrainingEvent.CheckpointWritten e && !e.best()) {
      return new LatestEvents(started, round, measured, evaluated, best, e, finished, failure);
    } else if (event instanceof TrainingEvent.Finished e) {
      return new LatestEvents(started, round, measured, evaluated, best, checkpoint, e, failure);
    }
    return this;
  }

  LatestEvents failed(String message) {
    return new LatestEvents(
        started, round, measured, evaluated, best, checkpoint, finished, message);
  }

  /** Whether it started and neither finished nor failed. */
  boolean running() {
    return started != null && finished == null && failure == null;
  }
}
