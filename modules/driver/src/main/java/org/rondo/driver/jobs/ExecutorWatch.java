package org.rondo.driver.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.training.TrainingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends jobs for which there is no executor left. Spark bounds how often it tries a task or a stage,
 * but waits without end for executors to come, as when all are lost and none can start.
 */
final class ExecutorWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorWatch.class);

  private final JavaSparkContext spark;
  private final Duration patience;
  private final ScheduledExecutorService timer;

  /**
   * @param patience how long jobs may be without any executor
   */
  ExecutorWatch(JavaSparkContext spark, Duration patience) {
    this.spark = spark;
    this.patience = patience;
    timer = Executors.newSingleThreadScheduledExecutor(ExecutorWatch::daemon);
  }

  /**
   * Runs jobs of the calling thread.
   *
   * @param what they do, for the message of a failure
   * @param tag that they all carry
   * @throws TrainingException if they waited too long for an executor
   */
  <R> R during(String what, String tag, Callable<R> jobs) throws Exception {
    if (spark.sc().isLocal()) {
      return jobs.call();
    }
    var givenUp = new AtomicBoolean();
    var look = new Look(tag, givenUp);
    var looking = timer.scheduleWithFixedDelay(look, 1, 1, TimeUnit.SECONDS);
    try {
      return jobs.call();
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      if (givenUp.get()) {
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "%s: there was no executor of %s for %d s (%s); each asks for %s of memory and %s, and a worker must have that free; the cluster's pages and logs say why they ended or did not start",
                what,
                spark.master(),
                patience.toSeconds(),
                SparkLimits.EXECUTOR_WAIT,
                spark.getConf().get("spark.executor.memory", "1g"),
                cores()),
            e);
      }
      throw e;
    } finally {
      looking.cancel(false);
    }
  }

  private String cores() {
    return Optional.ofNullable(spark.getConf().get("spark.executor.cores", null))
        .map(count -> count + " cores")
        .orElse("one core or more");
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Cancels the jobs of a tag once there was no executor for so long. */
  private final class Look implements Runnable {
    private final String tag;
    private final AtomicBoolean givenUp;
    private long seen = System.nanoTime();

    Look(String tag, AtomicBoolean givenUp) {
      this.tag = tag;
      this.givenUp = givenUp;
    }

    @Override
    public void run() {
      try {
        look();
      } catch (Exception e) { // Scala's undeclared ones too; a timer never again runs what threw
        LOG.warn("cannot count the executors, trying again: {}", e.toString());
      }
    }

    private void look() {
      if (spark.sc().isStopped()) {
        return;
      }
      // Of the driver and of each executor.
      int blockManagers = spark.sc().getExecutorMemoryStatus().size();
      if (blockManagers > 1) {
        seen = System.nanoTime();
      } else if (System.nanoTime() - seen > patience.toNanos() && isRunning()) {
        givenUp.set(true);
        spark.sc().cancelJobsWithTag(tag);
      }
    }

    private boolean isRunning() {
      SparkStatusTracker tracker = spark.sc().statusTracker();
      return IntStream.of(tracker.getJobIdsForTag(tag))
          .mapToObj(tracker::getJobInfo)
          .anyMatch(job -> job.exists(j -> j.status() == JobExecutionStatus.RUNNING));
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "rondo-executor-watch");
    thread.setDaemon(true);
    return thread;
  }
}
