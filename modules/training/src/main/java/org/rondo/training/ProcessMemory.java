package org.rondo.training;

import java.util.List;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.training.optimizers.Optimizer;

/**
 * Refuses what this process has no memory for, before any is taken: without it, a network that is
 * too large ends in the middle of a run, with an error of the JVM that names no setting.
 */
public final class ProcessMemory {
  private static final String DIRECT = "-XX:MaxDirectMemorySize=";

  private ProcessMemory() {}

  /**
   * Of a job that is trained in threads of this process.
   *
   * @param steps T of minibatches, ascending
   * @param threads that train at a time
   * @throws IllegalArgumentException with the figures
   */
  static void requireTraining(TrainingJob job, List<Integer> steps, int threads) {
    TrainingPlan plan = job.plan();
    long parameters = parameterBytes(job.network());
    long slots = Optimizer.named(plan.update().optimizer().name()).slots();
    // The common vector, their mean and the best ones; each shard's state and what it hands in.
    long heap = parameters * (3 + plan.shards() * (1 + slots));
    String what =
        String.format(
            Locale.ROOT,
            "training on %s in minibatches of %s x %s",
            Counted.of(threads, "thread"),
            Counted.of(steps.get(steps.size() - 1), "step"),
            Counted.of(plan.rounds().batch(), "sequence"));
    JobMemory memory = JobMemory.of(job.network(), plan, steps);
    require(what, job.network(), memory.ofTasks(threads) + memory.driver(), heap);
  }

  /**
   * Of a network that reads and writes one token at a time.
   *
   * @throws IllegalArgumentException with the figures
   */
  public static void requireGeneration(NetworkSpec network) {
    long bytes = Network.nativeBytes(network, ElementType.FLOAT32, 1, 1, false);
    require("generating", network, bytes, parameterBytes(network));
  }

  private static long parameterBytes(NetworkSpec network) {
    return Network.layout(network).length() * (long) Float.BYTES;
  }

  private static void require(String what, NetworkSpec network, long direct, long heap) {
    int parameters = Network.layout(network).length();
    if (direct > NativeMemory.limit()) {
      throw refused(what, parameters, "beside its heap", direct, NativeMemory.limit(), DIRECT);
    }
    long most = Runtime.getRuntime().maxMemory();
    if (heap > most) {
      throw refused(what, parameters, "in its heap", heap, most, "-Xmx");
    }
  }

  private static IllegalArgumentException refused(
      String what, int parameters, String where, long needed, long limit, String option) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s, with a network of %,d parameters, takes at least %,d MB %s, and this JVM allows %,d MB: start it with %s%dm (RONDO_JAVA_OPTS for scripts/rondo), or lower train.batch, train.unroll, shards, network.layers or network.units",
            what,
            parameters,
            megabytes(needed),
            where,
            megabytes(limit),
            option,
            2 * megabytes(needed)));
  }

  private static long megabytes(long bytes) {
    return (bytes >> 20) + 1;
  }
}
