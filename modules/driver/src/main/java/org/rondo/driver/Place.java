package org.rondo.driver;

import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.rondo.training.TrainingException;

/** Where a task runs. */
final class Place {
  private Place() {}

  /** The executor that the calling task runs in, and its machine. */
  static String here() {
    SparkEnv env = SparkEnv.get();
    return "%s on %s".formatted(env.executorId(), env.blockManager().blockManagerId().host());
  }

  /** Does work of a task; its failure names the executor, which may be another kind of machine. */
  static <R> R naming(Supplier<R> work) {
    try {
      return work.get();
    } catch (TrainingException e) {
      throw new TrainingException("executor %s: %s".formatted(here(), e.getMessage()), e);
    }
  }
}
