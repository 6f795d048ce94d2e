package org.rondo.driver.ui;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.LiveListenerBus;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;

/**
 * Hands a run's events on to Spark's listener bus, from where they reach the Training tab, the
 * gauges and the event log. Returns at once; what Spark's queues cannot hold is dropped there.
 */
public final class SparkEvents implements TrainingListener {
  private final LiveListenerBus bus;

  public SparkEvents(SparkContext spark) {
    bus = spark.listenerBus();
  }

  /**
   * The configuration of the run that starts next.
   *
   * @param settings values by key, for people; no secrets, since event logs are read by many
   */
  public void configured(Map<String, String> settings) {
    bus.post(new RunConfigured(settings));
  }

  @Override
  public void on(TrainingEvent event) {
    bus.post(new TrainingUpdate(System.currentTimeMillis(), event));
  }

  /** The run ended with an error. */
  public void failed(String message) {
    bus.post(new RunFailed(message));
  }
}
