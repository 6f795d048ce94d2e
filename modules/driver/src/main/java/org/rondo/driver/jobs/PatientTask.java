package org.rondo.driver.jobs;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.Retries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a task that may read from storage. Where that fails, the work is done again after a
 * pause: Spark by itself makes its tries of a task one right after the other, and storage that is
 * away for a moment would end the run.
 */
public final class PatientTask {
  private static final Logger LOG = LoggerFactory.getLogger(PatientTask.class);

  /** After 2, 4 and 8 seconds; with Spark's four tries of a task about a minute in all. */
  private static final int MOST_RETRIES = 3;

  private PatientTask() {}

  /** How often a task of a run tries again. */
  public static int retries(CheckpointPlan plan) {
    return Math.min(plan.retries(), MOST_RETRIES);
  }

  /**
   * Does it. A failure of training names the executor, which may be another kind of machine.
   *
   * @param retries of what storage made fail
   * @param work pure: it may be done again
   */
  public static <R> R run(int retries, Retries.Attempt<R> work) {
    var patience =
        new Retries(
            retries,
            PatientTask::pause,
            (failure, retry, seconds) ->
                LOG.warn(
                    "retry {} of {} in {} s: {}", retry, retries, seconds, failure.getMessage()));
    try {
      return patience.run(work);
    } catch (TrainingException e) {
      throw new TrainingException(
          String.format(Locale.ROOT, "executor %s: %s", Place.here(), e.getMessage()), e);
    }
  }

  /** Wakes when the task is killed, which Spark need not tell its thread. */
  private static void pause(long seconds) throws InterruptedException {
    for (long second = 0; second < seconds; second++) {
      TimeUnit.SECONDS.sleep(1);
      if (TaskContext.get().isInterrupted()) {
        throw new InterruptedException("the task was killed");
      }
    }
  }
}
