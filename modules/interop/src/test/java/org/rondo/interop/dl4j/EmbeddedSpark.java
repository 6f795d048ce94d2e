package org.rondo.interop.dl4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark contexts of one test, without a web page. */
final class EmbeddedSpark {
  private EmbeddedSpark() {}

  /** A context on that master; to be closed before the next one starts. */
  static JavaSparkContext start(String master) {
    requireSparkHome();
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(master)
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.locality.wait", "0")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", jvmOptions())
            .set("spark.executorEnv.OMP_NUM_THREADS", "1"));
  }

  /** What this JVM was started with, so that executors choose its kernels; memory is set apart. */
  private static String jvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xmx"))
        .collect(Collectors.joining(" "));
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
