package org.rondo.cli.exit;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Keeps executors alive when their driver is asked to stop. Those of {@code local-cluster} belong
 * to the driver's job, so Ctrl-C and what systemd sends reach them as well, and the round that the
 * driver wants to finish would lose them; they end with the driver. Executors of a cluster are not
 * touched: its SIGTERM ends them.
 */
public final class InterruptPlugin implements SparkPlugin {
  private static final String PLUGINS = "spark.plugins";

  /** Adds the plugin where executors belong to the terminal's job. */
  public static void install(SparkConf conf) {
    if (conf.get("spark.master").startsWith("local-cluster")) {
      String present = conf.get(PLUGINS, "");
      String name = InterruptPlugin.class.getName();
      conf.set(PLUGINS, present.isEmpty() ? name : present + "," + name);
    }
  }

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {
        boolean inDriver = context.executorID().equals("driver");
        if (!inDriver) {
          Interrupts.ignore();
        }
      }
    };
  }
}
