package org.rondo.driver;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.jobs.Guarded;
import org.rondo.driver.jobs.Place;
import org.rondo.kernels.Kernels;
import org.rondo.training.KernelAgreement;
import org.rondo.training.workspace.KernelPlan;

/**
 * Asks executors about their kernels before a run decides on its own. An executor that comes later
 * is not asked; its tasks fail if its kernels are others.
 */
final class KernelProbe {
  private final JavaSparkContext spark;
  private final KernelPlan kernels;

  KernelProbe(JavaSparkContext spark, KernelPlan kernels) {
    this.spark = spark;
    this.kernels = kernels;
  }

  /**
   * Whether {@code precision = auto} may be bfloat16: the driver multiplies it, and so do all
   * executors that hold the data, and all others that can be reached by a task per core.
   *
   * @param held by the executors that read it, from now on if it was not before
   */
  boolean multiplyBfloat16(JavaRDD<?> held) {
    if (!kernels.precision().equals(Kernels.AUTO) || !kernels.multipliesBfloat16()) {
      return false;
    }
    KernelPlan asked = kernels;
    int cores = spark.defaultParallelism();
    List<Boolean> holders = Guarded.collect(held.map(data -> asked.multipliesBfloat16()));
    List<Boolean> others =
        Guarded.collect(
            spark
                .parallelize(Collections.nCopies(cores, 0), cores)
                .map(task -> asked.multipliesBfloat16()));
    return !holders.contains(false) && !others.contains(false);
  }

  /**
   * The kernel fingerprints of the executors that hold the data.
   *
   * @throws org.rondo.training.TrainingException naming an executor that differs, unless machines
   *     may be mixed
   */
  List<String> fingerprints(JavaRDD<?> held) {
    KernelPlan asked = kernels;
    String onDriver = kernels.fingerprint();
    return Guarded.collect(
        held.map(
            data -> {
              String here = asked.fingerprint();
              KernelAgreement.requireAlike(asked, here, onDriver, "executor " + Place.here());
              return here;
            }));
  }
}
