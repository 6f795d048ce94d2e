package org.rondo.driver.jobs;

import java.util.Locale;
import org.apache.spark.SparkEnv;

/** Where a task runs. */
public final class Place {
  private Place() {}

  /** The executor that the calling task runs in, and its machine. */
  public static String here() {
    SparkEnv env = SparkEnv.get();
    return String.format(
        Locale.ROOT, "%s on %s", env.executorId(), env.blockManager().blockManagerId().host());
  }
}
