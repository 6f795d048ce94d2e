package org.rondo.training;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.rondo.evaluation.Scores;
import org.rondo.training.storage.FileEntry;
import org.rondo.training.storage.Storage;
import org.rondo.training.workspace.KernelPlan;

/**
 * Runs the workers of a job and keeps the states of its shards from round to round: in threads of
 * this process or in Spark tasks, with equal bits. For one caller at a time, but for {@link
 * #announce}.
 */
public interface Carrier extends AutoCloseable {
  /** Where workers run, for people. */
  String description();

  /**
   * The job that it runs, its precision decided once: {@code auto} is bfloat16 where the driver and
   * all workers multiply it at their speed, else float32.
   */
  TrainingJob job();

  /** The kernel fingerprints of all places where shards are trained. */
  List<String> fingerprints();

  /**
   * Refuses workers whose kernels are not the driver's, or not one another's, unless the plan
   * allows a mixture. On how many threads a product runs is compared where products run: on the
   * workers.
   *
   * @return the fingerprint of the run
   * @throws TrainingException naming both
   */
  default String requireEqualKernels() {
    KernelPlan kernels = job().plan().kernels();
    String here = kernels.fingerprint();
    if (kernels.allowMixed()) {
      return here;
    }
    List<String> workers = fingerprints();
    for (String there : workers) {
      KernelAgreement.requireAlike(kernels, there, here, "a worker");
      if (!there.equals(workers.get(0))) {
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "kernels of workers differ, so bits would: %s and %s; spark.executorEnv.OMP_NUM_THREADS = 1 gives products one thread everywhere",
                workers.get(0),
                there));
      }
    }
    return workers.get(0);
  }

  /**
   * Trains every shard for one round, from this vector and from its carried state.
   *
   * @param common the parameters, behind them averaged slots; not modified
   * @throws TrainingException if a loss or gradient is no number, or kernels differ
   */
  RoundResult run(Round round, float[] common);

  /**
   * As {@link #run}, but the mean is taken when the result is asked for: by then the next round may
   * run, on another thread, since the shards' states are those after the round already.
   */
  default Supplier<RoundResult> train(Round round, float[] common) {
    RoundResult result = run(round, common);
    return () -> result;
  }

  /**
   * Says what a later round will begin with, so that it may be on its way before that.
   *
   * @param common as that round will be given it; not modified
   */
  default void announce(float[] common) {}

  /**
   * Evaluates a split by the job's metrics in the streams of the job's {@link EvaluationPlan},
   * state from zero.
   */
  Scores evaluate(String split, float[] parameters);

  /**
   * Writes every shard's carried state into a folder.
   *
   * @param folder of a checkpoint in the making
   * @return the files in shard order, named relative to the folder
   */
  List<FileEntry> writeStates(Storage folder);

  /**
   * Replaces the carried states by what {@link #writeStates} wrote.
   *
   * @param folder of a complete checkpoint
   * @param files in shard order
   * @throws IllegalArgumentException if their number is not the number of shards
   */
  void restoreStates(Storage folder, List<FileEntry> files);

  /** Releases threads, memory and stored data. */
  @Override
  void close();
}
