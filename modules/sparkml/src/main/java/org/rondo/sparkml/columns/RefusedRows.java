package org.rondo.sparkml.columns;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Ends a job at the first row that a model refuses. Spark would try the task again, as often as
 * {@code spark.task.maxFailures} says, since it cannot know that the row stays as it is; and no job
 * can have a number of its own.
 */
public final class RefusedRows extends SparkListener {
  private static final Set<SparkContext> WATCHED = Collections.newSetFromMap(new WeakHashMap<>());

  private final SparkContext context;

  private RefusedRows(SparkContext context) {
    this.context = context;
  }

  /** From now on, in all jobs of the application. */
  public static void endJobs(SparkContext context) {
    synchronized (WATCHED) {
      if (WATCHED.add(context)) {
        context.addSparkListener(new RefusedRows(context));
      }
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure && failure.exception().isDefined()) {
      refusal(failure.exception().get())
          .ifPresent(problem -> context.cancelStage(end.stageId(), problem));
    }
  }

  /** The sentence, where Spark or a writer has wrapped it. */
  private static Optional<String> refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedRowException) {
        return Optional.of(cause.getMessage());
      }
    }
    return Optional.empty();
  }
}
