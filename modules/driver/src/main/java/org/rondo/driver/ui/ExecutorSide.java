package org.rondo.driver.ui;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.rondo.kernels.NativeMemory;
import org.rondo.training.RoundActivity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin in an executor: says once how it is set up and every two seconds how far it is in a
 * round, and registers the gauges.
 */
final class ExecutorSide implements ExecutorPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSide.class);

  private ScheduledExecutorService timer;
  private Future<?> reporting;
  private RoundActivity.Report reported = RoundActivity.here();

  @Override
  public void init(PluginContext context, Map<String, String> extraConf) {
    tell(context);
    // Within the driver there is no application's name yet to register gauges under.
    if (!context.executorID().equals("driver")) {
      registerGauges(context.metricRegistry());
      timer = Executors.newSingleThreadScheduledExecutor(ExecutorSide::daemon);
      reporting = timer.scheduleWithFixedDelay(() -> report(context), 2, 2, TimeUnit.SECONDS);
    }
  }

  private void report(PluginContext context) {
    RoundActivity.Report now = RoundActivity.here();
    if (!now.equals(reported)) {
      try {
        context.send(new ExecutorTrained(context.executorID(), now));
        reported = now;
      } catch (IOException | RuntimeException e) {
        LOG.debug("the driver does not learn how far this executor is: {}", e.toString());
      }
    }
  }

  @Override
  public void shutdown() {
    if (reporting != null) {
      reporting.cancel(false);
      timer.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "rondo-activity");
    thread.setDaemon(true);
    return thread;
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
