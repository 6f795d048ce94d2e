package org.rondo.driver.ui;

import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * A run ended with an error; on Spark's listener bus.
 *
 * @param message of the error
 */
public record RunFailed(String message) implements SparkListenerEvent {}
