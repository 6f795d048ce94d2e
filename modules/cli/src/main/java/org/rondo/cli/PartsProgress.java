package org.rondo.cli;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.cli.terminal.StatusLine;

/** Shows how many tasks of Spark's running stage are done, once a second, until it is closed. */
final class PartsProgress implements AutoCloseable {
  private final JavaSparkContext spark;
  private final String what;
  private final StatusLine status;
  private final Future<?> looking;
  private final long startedAt = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(PartsProgress::daemon);

  /**
   * @param what is done, as "evaluating"
   */
  PartsProgress(JavaSparkContext spark, String what, StatusLine status) {
    this.spark = spark;
    this.what = what;
    this.status = status;
    looking = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /** Shows where the stage stands. */
  void look() {
    if (spark.sc().isStopped()) {
      return;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAt);
    for (int stage : spark.statusTracker().getActiveStageIds()) {
      SparkStageInfo info = spark.statusTracker().getStageInfo(stage);
      if (info != null) {
        status.show(
            String.format(
                Locale.ROOT,
                "%s: %d of %d parts done, %s",
                what,
                info.numCompletedTasks(),
                info.numTasks(),
                Progress.time(seconds)));
      }
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
    timer.shutdownNow();
    status.clear();
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "rondo-parts");
    thread.setDaemon(true);
    return thread;
  }
}
