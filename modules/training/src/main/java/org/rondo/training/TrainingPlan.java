package org.rondo.training;

import java.io.Serializable;

/**
 * What decides a training run beside the network and the corpus.
 *
 * @param seed of initial parameters and dropout
 * @param shards parts of the corpus, each trained by one worker; decides the bits, so it does not
 *     follow the number of cores
 */
public record TrainingPlan(
    long seed,
    int shards,
    RoundPlan rounds,
    UpdatePlan update,
    EvaluationPlan evaluation,
    CheckpointPlan checkpoint,
    KernelPlan kernels,
    DiagnosticsPlan diagnostics)
    implements Serializable {
  public TrainingPlan {
    Require.positive("shards", shards);
  }

  /** The same but for the rounds. */
  public TrainingPlan withRounds(RoundPlan rounds) {
    return new TrainingPlan(
        seed, shards, rounds, update, evaluation, checkpoint, kernels, diagnostics);
  }

  /** The same but for how parameters move. */
  public TrainingPlan withUpdate(UpdatePlan update) {
    return new TrainingPlan(
        seed, shards, rounds, update, evaluation, checkpoint, kernels, diagnostics);
  }

  /** The same but for evaluation. */
  public TrainingPlan withEvaluation(EvaluationPlan evaluation) {
    return new TrainingPlan(
        seed, shards, rounds, update, evaluation, checkpoint, kernels, diagnostics);
  }

  /** The same but for checkpoints. */
  public TrainingPlan withCheckpoint(CheckpointPlan checkpoint) {
    return new TrainingPlan(
        seed, shards, rounds, update, evaluation, checkpoint, kernels, diagnostics);
  }

  /** The same but for the kernels. */
  public TrainingPlan withKernels(KernelPlan kernels) {
    return new TrainingPlan(
        seed, shards, rounds, update, evaluation, checkpoint, kernels, diagnostics);
  }

  /** The same but for diagnostics. */
  public TrainingPlan withDiagnostics(DiagnosticsPlan diagnostics) {
    return new TrainingPlan(
        seed, shards, rounds, update, evaluation, checkpoint, kernels, diagnostics);
  }
}
