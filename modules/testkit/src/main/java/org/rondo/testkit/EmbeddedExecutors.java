package org.rondo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What executors that a test embeds need of Spark's properties. */
public final class EmbeddedExecutors {
  private static final Pattern CLUSTER = Pattern.compile("local-cluster\\[(\\d+),(\\d+),\\d+]");

  private EmbeddedExecutors() {}

  /**
   * This test's class path, and what this JVM was started with, so that executors choose its
   * kernels; memory is set apart. Makes the home that they are started in.
   */
  public static Map<String, String> properties() {
    requireSparkHome();
    String options =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-Xmx"))
            .collect(Collectors.joining(" "));
    return Map.of(
        "spark.executor.extraClassPath",
        System.getProperty("java.class.path"),
        "spark.executor.extraJavaOptions",
        options);
  }

  /** Spark's properties for the context of one test, without a web page, on that master. */
  public static Map<String, String> context(String master) {
    var context = new HashMap<>(properties());
    context.put("spark.master", master);
    context.put("spark.app.name", "test");
    context.put("spark.ui.enabled", "false");
    context.put("spark.locality.wait", "0");
    context.put("spark.executor.memory", "512m");
    context.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    context.putAll(complete(master));
    return context;
  }

  /**
   * No job begins before all executors are there, however slow the machine: Spark waits for cores
   * that it was told the number of, and otherwise for none.
   */
  private static Map<String, String> complete(String master) {
    Matcher cluster = CLUSTER.matcher(master);
    if (!cluster.matches()) {
      return Map.of();
    }
    int cores = Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2));
    return Map.of(
        "spark.cores.max",
        String.valueOf(cores),
        "spark.scheduler.minRegisteredResourcesRatio",
        "1",
        "spark.scheduler.maxRegisteredResourcesWaitingTime",
        "120s");
  }

  /** Executors of local-cluster are started only below a home with a folder of jars, even empty. */
  private static void requireSparkHome() {
    try {
      Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
