package org.rondo.driver;

import org.apache.spark.SparkEnv;

/** Where a task runs. */
final class Place {
  private Place() {}

  /** The executor that the calling task runs in, and its machine. */
  static String here() {
    SparkEnv env = SparkEnv.get();
    return "%s on %s".formatted(env.executorId(), env.blockManager().blockManagerId().host());
  }
}
