package org.rondo.driver.ui;

/**
 * An executor that reported.
 *
 * @param gone whether Spark has removed it since
 */
public record ExecutorRow(ExecutorSetup setup, boolean gone) {}
