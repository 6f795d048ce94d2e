package org.rondo.driver.ui;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.rondo.driver.jobs.ExecutorMemory;
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
  static MemorySetup of(SparkConf conf) {
    return new MemorySetup(
        Runtime.getRuntime().maxMemory(),
        NativeMemory.limit(),
        JavacppLimits.description(),
        overhead(conf));
  }

  private static String overhead(SparkConf conf) {
    return ExecutorMemory.isContained(conf)
        ? String.format(Locale.ROOT, "%,d MB", ExecutorMemory.overhead(conf))
        : "no container";
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "heap up to %,d MB, native buffers up to %,d MB, JavaCPP %s, overhead %s",
        heapBytes >> 20,
        nativeBytes >> 20,
        javacpp,
        overhead);
  }
}
