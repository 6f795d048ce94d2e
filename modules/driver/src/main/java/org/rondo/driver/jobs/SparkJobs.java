package org.rondo.driver.jobs;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.ingest.IngestException;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;

/** Runs the jobs of a carrier, and says in Rondo's words why one failed. */
public final class SparkJobs implements AutoCloseable {
  /** As systems name them, and how Spark's executors end that find no folder to write in. */
  private static final List<String> DISK_FAILURES =
      List.of(
          "No space left on device",
          "Read-only file system",
          "File too large",
          "Disk quota exceeded",
          "exited with code 53",
          "exit code 53",
          "Failed to create local dir");

  private final JavaSparkContext spark;
  private final ExecutorWatch watch;

  public SparkJobs(JavaSparkContext spark, SparkLimits limits) {
    this.spark = spark;
    watch = new ExecutorWatch(spark, limits.executorWait());
  }

  /**
   * Runs jobs of the calling thread. If that is interrupted, the jobs are cancelled and it stays
   * interrupted.
   *
   * @param what they do, for the message of a failure
   * @throws TrainingException if they fail or are cancelled, or another of Rondo's own exceptions
   *     if a task threw it
   */
  public <R> R run(String what, Callable<R> jobs) {
    String tag = "rondo-" + UUID.randomUUID();
    spark.addJobTag(tag);
    try {
      return watch.during(what, tag, jobs);
    } catch (InterruptedException e) {
      if (!spark.sc().isStopped()) {
        spark.cancelJobsWithTag(tag);
      }
      Thread.currentThread().interrupt();
      throw new TrainingException(what + ": interrupted while its jobs were running", e);
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      throw explain(what, e);
    } finally {
      spark.removeJobTag(tag);
    }
  }

  /**
   * Rondo's own exception that a task threw, if there is one, or what was said of a configuration
   * or of data; else one that tells of Spark's.
   */
  public static RuntimeException explain(String what, Exception failure) {
    if (failure instanceof IllegalArgumentException worded) {
      return worded;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrainingException
          || cause instanceof IngestException
          || cause instanceof CheckpointException) {
        return (RuntimeException) cause;
      }
    }
    String message = String.valueOf(failure.getMessage());
    return new TrainingException(
        String.format(Locale.ROOT, "%s failed on Spark: %s%s", what, diskOf(message), message),
        failure);
  }

  /** Rondo words what happens to its own files; the rest lies where Spark keeps blocks. */
  private static String diskOf(String message) {
    boolean temporary = DISK_FAILURES.stream().anyMatch(message::contains);
    return temporary
        ? String.format(
            Locale.ROOT,
            "a temporary folder of the driver (%s) or of an executor cannot be written; make room there, or name another by spark.local.dir: ",
            System.getProperty("java.io.tmpdir"))
        : "";
  }

  @Override
  public void close() {
    watch.close();
  }
}
