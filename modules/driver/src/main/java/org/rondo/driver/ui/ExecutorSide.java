package org.rondo.driver.ui;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.rondo.kernels.NativeMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin in an executor: says once how it is set up, and registers the gauges. */
final class ExecutorSide implements ExecutorPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSide.class);

  @Override
  public void init(PluginContext context, Map<String, String> extraConf) {
    tell(context);
    // Within the driver there is no application's name yet to register gauges under.
    if (!context.executorID().equals("driver")) {
      registerGauges(context.metricRegistry());
    }
  }

  static void registerGauges(MetricRegistry registry) {
    Gauge<Long> shards = ExecutorActivity::shards;
    Gauge<Double> seconds = ExecutorActivity::lastSeconds;
    Gauge<Long> bytes = NativeMemory::used;
    registry.register("shardsTrained", shards);
    registry.register("lastShardSeconds", seconds);
    registry.register("nativeMemoryBytes", bytes);
  }

  /** What is only for people to read must not end an executor. */
  private static void tell(PluginContext context) {
    try {
      ExecutorSetup setup = ExecutorSetup.of(context);
      LOG.info(setup.line());
      context.send(setup);
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("the driver does not learn how this executor is set up: {}", e.toString());
    }
  }
}
