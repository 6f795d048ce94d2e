package org.rondo.driver.ui;

import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.rondo.kernels.Counted;
import org.rondo.kernels.Kernels;
import org.rondo.training.workspace.KernelPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process computes with.
 *
 * @param cores that the process sees
 * @param ompThreads the environment's OMP_NUM_THREADS; "not set" lets every task start threads
 * @param kernels their fingerprint, or why there are none
 */
public record ComputeSetup(int cores, String ompThreads, String kernels) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(ComputeSetup.class);
  private static final String MATMUL = "spark.rondo.kernels.matmul";
  private static final String ELEMENTWISE = "spark.rondo.kernels.elementwise";
  private static final String PRECISION = "spark.rondo.precision";

  /** Lets executors know which kernels will train, before there is a job. */
  static void announce(SparkConf conf, KernelPlan kernels) {
    conf.set(MATMUL, kernels.matmul());
    conf.set(ELEMENTWISE, kernels.elementwise());
    conf.set(PRECISION, kernels.precision());
  }

  static ComputeSetup of(SparkConf conf) {
    String threads = System.getenv("OMP_NUM_THREADS");
    return new ComputeSetup(
        Runtime.getRuntime().availableProcessors(),
        threads == null ? "not set" : threads,
        kernels(conf));
  }

  /** Of what was announced; where precision is left to the run, of this process's best. */
  private static String kernels(SparkConf conf) {
    try {
      var plan =
          new KernelPlan(
              conf.get(MATMUL, Kernels.AUTO),
              conf.get(ELEMENTWISE, Kernels.AUTO),
              conf.get(PRECISION, Kernels.AUTO),
              false);
      return plan.decided(plan.multipliesBfloat16()).fingerprint();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("kernels cannot be described", e);
      return e.toString();
    }
  }

  String line() {
    return String.format(
        Locale.ROOT, "%s; %s, OMP_NUM_THREADS %s", kernels, Counted.of(cores, "core"), ompThreads);
  }
}
