package org.rondo.driver.ui;

import org.apache.spark.scheduler.SparkListenerEvent;
import org.rondo.training.events.TrainingEvent;

/**
 * Something happened in a run; on Spark's listener bus, and so in its event log, as JSON.
 *
 * @param time when, in milliseconds since 1970
 */
public record TrainingUpdate(long time, TrainingEvent event) implements SparkListenerEvent {}
