package org.rondo.training.workspace;

import java.io.Serializable;
import org.rondo.models.NetworkSpec;
import org.rondo.training.RoundPlan;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;

/**
 * What a {@link Workspace} is built from; equal keys may share one.
 *
 * @param network the description's JSON
 * @param unroll T of every minibatch
 * @param batch B of every minibatch
 * @param trains whether its network has a backward pass
 */
public record WorkspaceKey(
    String network, KernelPlan kernels, int unroll, int batch, boolean trains)
    implements Serializable {
  /** What workers of this job train on. */
  public static WorkspaceKey training(TrainingJob job) {
    RoundPlan rounds = job.plan().rounds();
    return new WorkspaceKey(
        job.network().toJson(), job.plan().kernels(), rounds.unroll(), rounds.batch(), true);
  }

  /** What evaluations of this job run on: where the shape is the same, what it trains on. */
  public static WorkspaceKey evaluation(TrainingJob job) {
    TrainingPlan plan = job.plan();
    int batch = plan.evaluation().batch();
    boolean trains = batch == plan.rounds().batch();
    return new WorkspaceKey(
        job.network().toJson(), plan.kernels(), plan.rounds().unroll(), batch, trains);
  }

  NetworkSpec spec() {
    return NetworkSpec.fromJson(network);
  }
}
