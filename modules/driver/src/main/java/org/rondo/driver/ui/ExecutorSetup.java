package org.rondo.driver.ui;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.util.Utils;

/** What an executor trains with; it logs this once and tells the driver. */
public record ExecutorSetup(String executor, String host, MemorySetup memory, ComputeSetup compute)
    implements Serializable {
  /** Of this process. */
  static ExecutorSetup of(PluginContext context) {
    // Kernels first: as they load, JavaCPP's limits are set.
    ComputeSetup compute = ComputeSetup.of(context.conf());
    // The context's host name fails in executors, which have no server of their own.
    String host = Utils.localHostName();
    return new ExecutorSetup(context.executorID(), host, MemorySetup.of(context.conf()), compute);
  }

  /** One line for the log. */
  String line() {
    return String.format(
        Locale.ROOT,
        "executor %s on %s: memory: %s; kernels: %s",
        executor,
        host,
        memory.line(),
        compute.line());
  }
}
