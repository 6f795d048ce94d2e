package org.rondo.driver.ui;

import java.util.Map;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * The next run's configuration, on Spark's listener bus.
 *
 * @param settings values by key, for people; no secrets, since event logs are read by many
 */
public record RunConfigured(Map<String, String> settings) implements SparkListenerEvent {
  public RunConfigured {
    settings = Map.copyOf(settings);
  }
}
