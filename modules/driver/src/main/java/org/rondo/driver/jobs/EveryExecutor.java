package org.rondo.driver.jobs;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Asks every executor of a context something, by tasks, so that all is as it will be for a run. */
public final class EveryExecutor {
  /** Long enough that no executor is done with its task before all others have one. */
  private static final long TASK_MILLIS = 200;

  private static final int ATTEMPTS = 5;

  private EveryExecutor() {}

  /** What is asked. */
  public interface Question<R> extends Callable<R>, Serializable {}

  /**
   * The answers of all executors that there are, by their number and machine, such as {@code 0 on
   * 10.0.0.7}. Waits for the first one as a run would.
   *
   * @throws org.rondo.training.TrainingException if there is none for too long, or a task fails
   */
  public static <R> SortedMap<String, R> ask(JavaSparkContext spark, Question<R> question) {
    var answers = new TreeMap<String, R>();
    try (var jobs = new SparkJobs(spark, SparkLimits.of(spark.getConf()))) {
      for (int i = 0; i < ATTEMPTS && answers.size() < Math.max(1, count(spark)); i++) {
        jobs.run("asking executors", () -> collect(spark, question))
            .forEach(answer -> answers.put(answer._1(), answer._2()));
      }
    }
    return answers;
  }

  /** Executors that there are now. */
  public static int count(JavaSparkContext spark) {
    int blockManagers = spark.sc().getExecutorMemoryStatus().size();
    return spark.sc().isLocal() ? blockManagers : blockManagers - 1; // of which one is the driver's
  }

  /** Tasks that they run side by side: their cores by {@code spark.task.cpus}. */
  public static int tasksAtATime(JavaSparkContext spark) {
    return spark
        .sc()
        .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  private static <R> List<Tuple2<String, R>> collect(JavaSparkContext spark, Question<R> question) {
    int cores = spark.defaultParallelism();
    return Guarded.collect(
        spark
            .parallelize(Collections.nCopies(cores, 0), cores)
            .map(
                task -> {
                  Thread.sleep(TASK_MILLIS);
                  return new Tuple2<>(Place.here(), question.call());
                }));
  }
}
