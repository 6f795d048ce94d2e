package org.rondo.training;

import java.io.Serializable;
import org.rondo.models.NetworkSpec;

/**
 * What a {@link Workspace} is built from; equal keys may share one.
 *
 * @param network the description's JSON
 * @param unroll T of every minibatch
 * @param batch B of every minibatch
 */
public record WorkspaceKey(String network, KernelPlan kernels, int unroll, int batch)
    implements Serializable {
  /** What workers of this job train on. */
  public static WorkspaceKey training(TrainingJob job) {
    RoundPlan rounds = job.plan().rounds();
    return new WorkspaceKey(
        job.network().toJson(), job.plan().kernels(), rounds.unroll(), rounds.batch());
  }

  /** What evaluations of this job run on. */
  public static WorkspaceKey evaluation(TrainingJob job) {
    TrainingPlan plan = job.plan();
    return new WorkspaceKey(
        job.network().toJson(), plan.kernels(), plan.rounds().unroll(), plan.evaluation().batch());
  }

  NetworkSpec spec() {
    return NetworkSpec.fromJson(network);
  }
}
