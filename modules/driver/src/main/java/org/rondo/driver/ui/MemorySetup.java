package org.rondo.driver.ui;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;
import org.rondo.kernels.JavacppLimits;
import org.rondo.kernels.NativeMemory;

/**
 * The limits to a process's memory.
 *
 * @param heapBytes at most
 * @param nativeBytes that off-heap buffers may hold at most
 * @param javacpp limits of JavaCPP, in words
 * @param overhead memory beyond the heap that the cluster's manager grants the container, in words
 */
public record MemorySetup(long heapBytes, long nativeBytes, String javacpp, String overhead)
    implements Serializable {
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final double STANDARD_FACTOR = 0.1;
  private static final long LEAST_OVERHEAD = 384;

  static MemorySetup of(SparkConf conf) {
    return new MemorySetup(
        Runtime.getRuntime().maxMemory(),
        NativeMemory.limit(),
        JavacppLimits.description(),
        overhead(conf));
  }

  /**
   * As Spark computes it: as given, or a share of the heap, where containers are limited at all.
   */
  private static String overhead(SparkConf conf) {
    String master = conf.get("spark.master", "");
    if (!master.startsWith("yarn") && !master.startsWith("k8s")) {
      return "no container";
    }
    long heap = JavaUtils.byteStringAsMb(conf.get("spark.executor.memory", "1g"));
    double factor = conf.getDouble(OVERHEAD + "Factor", STANDARD_FACTOR);
    long given =
        Optional.ofNullable(conf.get(OVERHEAD, null))
            .map(JavaUtils::byteStringAsMb)
            .orElse(Math.max((long) (factor * heap), LEAST_OVERHEAD));
    return "%,d MB".formatted(given);
  }

  String line() {
    return "heap up to %,d MB, native buffers up to %,d MB, JavaCPP %s, overhead %s"
        .formatted(heapBytes >> 20, nativeBytes >> 20, javacpp, overhead);
  }
}
