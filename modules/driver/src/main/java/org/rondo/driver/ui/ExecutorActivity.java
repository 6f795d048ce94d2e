package org.rondo.driver.ui;

/** What this process has trained, for its gauges; counts repeated tasks as often as they ran. */
public final class ExecutorActivity {
  private static long shards;
  private static double lastSeconds;

  private ExecutorActivity() {}

  /** A worker trained a shard for a round. */
  public static synchronized void trained(double seconds) {
    shards++;
    lastSeconds = seconds;
  }

  static synchronized long shards() {
    return shards;
  }

  static synchronized double lastSeconds() {
    return lastSeconds;
  }
}
