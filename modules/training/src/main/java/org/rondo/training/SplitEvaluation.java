package org.rondo.training;

import org.rondo.evaluation.StreamEvaluator;
import org.rondo.ingest.Shard;

/** Evaluates one part of a split on a workspace of this process. */
public final class SplitEvaluation {
  private SplitEvaluation() {}

  /**
   * Sums of nats of the part's rows, as {@link StreamEvaluator#sums}.
   *
   * @param fingerprint of the driver's kernels
   * @throws TrainingException if this machine's kernels are not the driver's: the sums decide about
   *     learning rates and the end of training, so a machine that comes late is checked as well
   */
  public static double[] sums(
      WorkspaceKey key, String fingerprint, float[] parameters, Shard part) {
    return WorkspacePool.shared()
        .lend(
            key,
            workspace -> {
              key.kernels().requireSame(workspace.fingerprint(), fingerprint, "evaluation");
              workspace.setParameters(parameters);
              return StreamEvaluator.sums(workspace.network(), part);
            });
  }
}
