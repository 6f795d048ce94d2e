package org.rondo.driver.ui;

import java.io.Serializable;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.util.Utils;

/** What an executor trains with; it logs this once and tells the driver. */
public record ExecutorSetup(String executor, String host, MemorySetup memory, ComputeSetup compute)
    implements Serializable {
  /** Of this process. */
  static ExecutorSetup of(PluginContext context) {
    return new ExecutorSetup(
        context.executorID(),
        // Not the context's, which fails in executors: they have no server of their own.
        Utils.localHostName(),
        MemorySetup.of(context.conf()),
        ComputeSetup.of(context.conf()));
  }

  /** One line for the log. */
  String line() {
    return "executor %s on %s: memory: %s; kernels: %s"
        .formatted(executor, host, memory.line(), compute.line());
  }
}
