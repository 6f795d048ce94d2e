package org.rondo.driver;

import org.rondo.training.Retries;
import org.rondo.training.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a task that may read from storage. Where that fails, the work is done again after a
 * pause: Spark by itself makes its tries of a task one right after the other, and storage that is
 * away for a moment would end the run.
 */
final class PatientTask {
  private static final Logger LOG = LoggerFactory.getLogger(PatientTask.class);

  private PatientTask() {}

  /**
   * Does it. A failure of training names the executor, which may be another kind of machine.
   *
   * @param retries of what storage made fail
   * @param work pure: it may be done again
   */
  static <R> R run(int retries, Retries.Attempt<R> work) {
    var patience =
        new Retries(
            retries,
            Retries.Pause.SLEEP,
            (failure, retry, seconds) ->
                LOG.warn(
                    "retry {} of {} in {} s: {}", retry, retries, seconds, failure.getMessage()));
    try {
      return patience.run(work);
    } catch (TrainingException e) {
      throw new TrainingException("executor %s: %s".formatted(Place.here(), e.getMessage()), e);
    }
  }
}
