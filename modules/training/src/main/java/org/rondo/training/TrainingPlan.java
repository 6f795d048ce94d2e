package org.rondo.training;

import java.io.Serializable;

/**
 * What decides a training run beside the network and the corpus.
 *
 * @param seed of initial parameters and dropout
 * @param shards parts of the corpus, each trained by one worker; decides the bits, so it does not
 *     follow the number of cores
 * @param rounds after each of which the shards' parameters are averaged
 * @param syncEvery minibatches per shard in a round
 * @param batch sequences per minibatch (B)
 * @param unroll steps per minibatch (T), through which gradients flow
 * @param clipNorm largest global norm of a gradient; 0 = not clipped
 */
public record TrainingPlan(
    long seed,
    int shards,
    int rounds,
    int syncEvery,
    int batch,
    int unroll,
    double clipNorm,
    OptimizerPlan optimizer,
    SchedulePlan schedule,
    EvaluationPlan evaluation,
    CheckpointPlan checkpoint,
    KernelPlan kernels)
    implements Serializable {
  public TrainingPlan {
    positive("shards", shards);
    positive("train.rounds", rounds);
    positive("train.sync_every", syncEvery);
    positive("train.batch", batch);
    positive("train.unroll", unroll);
    Require.that(
        clipNorm >= 0 && Double.isFinite(clipNorm),
        "train.clip_norm must be a number >= 0 (0 = not clipped), got %s".formatted(clipNorm));
  }

  /** Minibatches that each shard trains in the whole run. */
  public long steps() {
    return (long) rounds * syncEvery;
  }

  /** The same but for the rounds. */
  public TrainingPlan withRounds(int rounds) {
    return new TrainingPlan(
        seed,
        shards,
        rounds,
        syncEvery,
        batch,
        unroll,
        clipNorm,
        optimizer,
        schedule,
        evaluation,
        checkpoint,
        kernels);
  }

  /** The same but for the norm at which gradients are clipped. */
  public TrainingPlan withClipNorm(double clipNorm) {
    return new TrainingPlan(
        seed,
        shards,
        rounds,
        syncEvery,
        batch,
        unroll,
        clipNorm,
        optimizer,
        schedule,
        evaluation,
        checkpoint,
        kernels);
  }

  /** The same but for the update rule. */
  public TrainingPlan withOptimizer(OptimizerPlan optimizer) {
    return new TrainingPlan(
        seed,
        shards,
        rounds,
        syncEvery,
        batch,
        unroll,
        clipNorm,
        optimizer,
        schedule,
        evaluation,
        checkpoint,
        kernels);
  }

  /** The same but for the schedule. */
  public TrainingPlan withSchedule(SchedulePlan schedule) {
    return new TrainingPlan(
        seed,
        shards,
        rounds,
        syncEvery,
        batch,
        unroll,
        clipNorm,
        optimizer,
        schedule,
        evaluation,
        checkpoint,
        kernels);
  }

  /** The same but for evaluation. */
  public TrainingPlan withEvaluation(EvaluationPlan evaluation) {
    return new TrainingPlan(
        seed,
        shards,
        rounds,
        syncEvery,
        batch,
        unroll,
        clipNorm,
        optimizer,
        schedule,
        evaluation,
        checkpoint,
        kernels);
  }

  /** The same but for checkpoints. */
  public TrainingPlan withCheckpoint(CheckpointPlan checkpoint) {
    return new TrainingPlan(
        seed,
        shards,
        rounds,
        syncEvery,
        batch,
        unroll,
        clipNorm,
        optimizer,
        schedule,
        evaluation,
        checkpoint,
        kernels);
  }

  private static void positive(String key, int value) {
    Require.that(value >= 1, "%s must be >= 1, got %d".formatted(key, value));
  }
}
