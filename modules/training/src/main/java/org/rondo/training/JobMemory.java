package org.rondo.training;

import java.util.List;
import java.util.stream.Stream;
import org.rondo.kernels.ElementType;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.training.optimizers.Optimizer;
import org.rondo.training.sync.Exchange;

/**
 * The off-heap memory of a job, worked out from the network and the shape of its minibatches
 * without taking any. Where {@code precision = auto} is not decided, that of the dearer one.
 *
 * @param tasks of the job's stages: at most so many run at a time
 * @param training bytes that one training task works in: a network and its optimizer's slots
 * @param evaluation bytes that one evaluating task works in; 0 where it takes the training one's
 * @param driver bytes that the driver works in
 */
public record JobMemory(int tasks, long training, long evaluation, long driver) {
  /** For what products need beside their operands: a tenth more. */
  private static final int SHARE_OF_KERNELS = 10;

  /**
   * Of that job.
   *
   * @param steps T of minibatches, see {@link org.rondo.ingest.Dataset#steps}
   */
  public static JobMemory of(NetworkSpec network, TrainingPlan plan, List<Integer> steps) {
    return precisions(plan.kernels().precision())
        .map(precision -> of(network, plan, steps, precision))
        .reduce(JobMemory::larger)
        .orElseThrow();
  }

  private static Stream<ElementType> precisions(String wanted) {
    return List.of(ElementType.values()).stream()
        .filter(type -> wanted.equals("auto") || type.name().equalsIgnoreCase(wanted));
  }

  private static JobMemory of(
      NetworkSpec network, TrainingPlan plan, List<Integer> steps, ElementType precision) {
    int batch = plan.rounds().batch();
    int evaluated = plan.evaluation().batch();
    long parameters = Network.layout(network).length() * (long) Float.BYTES;
    long slots = parameters * Optimizer.named(plan.update().optimizer().name()).slots();
    boolean outer = plan.sync().exchange() == Exchange.GRADIENTS;
    long training =
        Network.nativeBytes(network, precision, steps, batch, true) + (outer ? 0 : slots);
    long evaluation =
        evaluated == batch ? 0 : Network.nativeBytes(network, precision, steps, evaluated, false);
    long driver =
        Network.nativeBytes(network, precision, 1, 1, false) + (outer ? 2 * parameters + slots : 0);
    return new JobMemory(
        Math.max(plan.shards(), plan.evaluation().parts()),
        withKernels(training),
        withKernels(evaluation),
        withKernels(driver));
  }

  private static long withKernels(long bytes) {
    return bytes + bytes / SHARE_OF_KERNELS;
  }

  /** What holds either of two jobs, one after the other. */
  public static JobMemory larger(JobMemory one, JobMemory other) {
    return new JobMemory(
        Math.max(one.tasks, other.tasks),
        Math.max(one.training, other.training),
        Math.max(one.evaluation, other.evaluation),
        Math.max(one.driver, other.driver));
  }

  /**
   * Bytes of a process that runs so many tasks at a time: what a task worked in is kept for the
   * next one, of training as of evaluation.
   */
  public long ofTasks(int count) {
    return Math.min(count, tasks) * (training + evaluation);
  }
}
