package org.rondo.driver.ui;

import org.apache.spark.scheduler.SparkListenerEvent;

/** An executor told the driver how it is set up; on Spark's listener bus. */
public record ExecutorReported(ExecutorSetup setup) implements SparkListenerEvent {}
