package org.rondo.driver.ui;

import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.metrics.sink.PrometheusServlet;
import org.rondo.training.workspace.KernelPlan;

/**
 * Shows training in Spark: a Training tab in the application's pages, gauges in the metrics system,
 * and the set-up of every executor in its log and in the tab. To be named in {@code spark.plugins};
 * the run's events come from {@link SparkEvents}.
 */
public final class TrainingPlugin implements SparkPlugin {
  private static final String PLUGINS = "spark.plugins";
  private static final String PROMETHEUS = "spark.metrics.conf.driver.sink.prometheusServlet.";

  /**
   * Adds the plugin to those of the user, and for its gauges a page in Prometheus' format, {@code
   * /metrics/prometheus/}; executors will report the kernels of that plan.
   */
  public static void install(SparkConf conf, KernelPlan kernels) {
    String name = TrainingPlugin.class.getName();
    String present = conf.get(PLUGINS, "");
    if (!present.contains(name)) {
      conf.set(PLUGINS, present.isEmpty() ? name : present + "," + name);
    }
    conf.setIfMissing(PROMETHEUS + "class", PrometheusServlet.class.getName());
    conf.setIfMissing(PROMETHEUS + "path", "/metrics/prometheus");
    ComputeSetup.announce(conf, kernels);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverSide();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorSide();
  }
}
