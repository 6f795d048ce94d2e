package org.rondo.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkBuildInfo;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeMemory;
import org.rondo.runs.Versions;
import org.rondo.training.KernelPlan;

/** Looks at this machine and process with the eyes of a training run. */
final class Doctor {
  /**
   * One thing looked at.
   *
   * @param cure what to do about it; empty if it is well
   */
  record Finding(String topic, String found, Optional<String> cure) {
    static Finding well(String topic, String found) {
      return new Finding(topic, found, Optional.empty());
    }

    static Finding ill(String topic, String found, String cure) {
      return new Finding(topic, found, Optional.of(cure));
    }
  }

  private Doctor() {}

  /** Looks at this process and machine. */
  static List<Finding> examine(KernelPlan kernels) {
    var findings = new ArrayList<Finding>();
    findings.add(java());
    findings.add(vectorModule());
    findings.add(threads());
    findings.addAll(kernels(kernels));
    findings.add(glibc());
    findings.add(memory());
    return findings;
  }

  private static Finding java() {
    String found = "%s, %s".formatted(Runtime.version(), System.getProperty("java.vendor"));
    return Runtime.version().feature() == 17
        ? Finding.well("Java", found)
        : Finding.ill("Java", found, "use a JDK 17: set JAVA_HOME");
  }

  private static Finding vectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? Finding.well("vector module", "jdk.incubator.vector is loaded")
        : Finding.ill(
            "vector module",
            "jdk.incubator.vector is not loaded, so element-wise code is slow",
            "start the JVM with --add-modules=jdk.incubator.vector, as scripts/rondo does");
  }

  private static Finding threads() {
    int cores = Runtime.getRuntime().availableProcessors();
    String threads = System.getenv("OMP_NUM_THREADS");
    return "1".equals(threads)
        ? Finding.well("threads", "%d cores; OMP_NUM_THREADS = 1".formatted(cores))
        : Finding.ill(
            "threads",
            "%d cores; OMP_NUM_THREADS = %s, so every task starts threads of its own"
                .formatted(cores, threads),
            "export OMP_NUM_THREADS=1, as scripts/rondo does");
  }

  private static List<Finding> kernels(KernelPlan plan) {
    var findings = new ArrayList<Finding>();
    try {
      for (String line : plan.choose().explanation()) {
        findings.add(
            line.contains(Kernels.UNAVAILABLE)
                ? Finding.ill("kernels", line, "a slower one runs; README.md, Kernels, says more")
                : Finding.well("kernels", line));
      }
      findings.add(precision(plan));
    } catch (IllegalArgumentException e) {
      findings.add(
          Finding.ill(
              "kernels", e.getMessage(), "set kernels.matmul and kernels.elementwise to auto"));
    }
    return findings;
  }

  private static Finding precision(KernelPlan plan) {
    boolean bfloat16 = plan.multipliesBfloat16();
    String products = plan.choose().matmul().name();
    return plan.slowPrecision()
        .map(slow -> Finding.ill("precision", slow, "set precision to auto or float32"))
        .orElseGet(
            () ->
                Finding.well(
                    "precision",
                    "%s; auto means %s here, since %s %s products of bfloat16; a run takes what its driver and all executors have"
                        .formatted(
                            plan.precision(),
                            bfloat16 ? "bfloat16" : "float32",
                            products,
                            bfloat16 ? "has" : "has no")));
  }

  /** oneDNN's library is linked against 2.34. */
  private static Finding glibc() {
    try {
      Process process = new ProcessBuilder("getconf", "GNU_LIBC_VERSION").start();
      String found =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return Finding.well("C library", found.isEmpty() ? "not glibc" : found);
    } catch (IOException e) {
      return Finding.well("C library", "not found: " + e.getMessage());
    }
  }

  private static Finding memory() {
    long physical =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    long heap = Runtime.getRuntime().maxMemory();
    String found =
        "machine %,d MB; heap up to %,d MB; native buffers up to %,d MB"
            .formatted(physical >> 20, heap >> 20, NativeMemory.limit() >> 20);
    return heap < 512L << 20
        ? Finding.ill("memory", found, "give the driver more: RONDO_JAVA_OPTS=-Xmx2g scripts/rondo")
        : Finding.well("memory", found);
  }

  /**
   * @param home folder that executors of local-cluster start from; may be null
   */
  static Finding spark(String master, String home) {
    String running = SparkBuildInfo.spark_version();
    String found = "%s, master %s".formatted(running, master);
    if (!running.equals(Versions.spark())) {
      return Finding.ill(
          "Spark",
          "%s; Rondo was built for %s".formatted(found, Versions.spark()),
          "build Rondo with -Dspark.version=%s, or use that Spark".formatted(running));
    }
    if (master.startsWith("local-cluster")
        && (home == null || !Files.isDirectory(Path.of(home, "jars")))) {
      return Finding.ill(
          "Spark",
          "%s; SPARK_HOME = %s holds no jars for the executors".formatted(found, home),
          "start through scripts/rondo, which fetches them");
    }
    return Finding.well("Spark", found);
  }
}
