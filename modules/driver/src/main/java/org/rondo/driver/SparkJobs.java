package org.rondo.driver;

import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.ingest.IngestException;
import org.rondo.training.CheckpointException;
import org.rondo.training.TrainingException;

/** Runs the jobs of a carrier, and says in Rondo's words why one failed. */
final class SparkJobs implements AutoCloseable {
  private final ExecutorWatch watch;

  SparkJobs(JavaSparkContext spark, SparkLimits limits) {
    watch = new ExecutorWatch(spark, limits.executorWait());
  }

  /**
   * Runs jobs of the calling thread.
   *
   * @param what they do, for the message of a failure
   * @throws TrainingException if they fail, or another of Rondo's own exceptions if a task threw it
   */
  <R> R run(String what, Callable<R> jobs) {
    try {
      return watch.during(what, jobs);
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      throw explain(what, e);
    }
  }

  /** Rondo's own exception that a task threw, if there is one; else one that tells of Spark's. */
  static RuntimeException explain(String what, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrainingException
          || cause instanceof IngestException
          || cause instanceof CheckpointException) {
        return (RuntimeException) cause;
      }
    }
    return new TrainingException(
        "%s failed on Spark: %s".formatted(what, failure.getMessage()), failure);
  }

  @Override
  public void close() {
    watch.close();
  }
}
