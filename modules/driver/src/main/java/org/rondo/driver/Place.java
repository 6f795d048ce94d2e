package org.rondo.driver;

import java.util.Locale;
import org.apache.spark.SparkEnv;

/** Where a task runs. */
final class Place {
  private Place() {}

  /** The executor that the calling task runs in, and its machine. */
  static String here() {
    SparkEnv env = SparkEnv.get();
    return String.format(
        Locale.ROOT, "%s on %s", env.executorId(), env.blockManager().blockManagerId().host());
  }
}
