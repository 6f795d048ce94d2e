package org.rondo.training;

import java.util.Locale;
import org.rondo.evaluation.PartLoss;
import org.rondo.evaluation.StreamEvaluator;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.training.workspace.Workspace;
import org.rondo.training.workspace.WorkspaceKey;
import org.rondo.training.workspace.WorkspacePool;

/** Evaluates one part of a split on a workspace of this process. */
public final class SplitEvaluation {
  private SplitEvaluation() {}

  /**
   * What the network makes of the part, as {@link StreamEvaluator#loss}.
   *
   * @param fingerprint of the driver's kernels
   * @throws TrainingException if this machine's kernels are not the driver's: the sums decide about
   *     learning rates and the end of training, so a machine that comes late is checked as well
   * @throws IngestException if the part holds what the network does not take
   */
  public static PartLoss of(WorkspaceKey key, String fingerprint, float[] parameters, Shard part) {
    return WorkspacePool.shared()
        .lend(
            key,
            workspace -> {
              KernelAgreement.requireAlike(
                  key.kernels(), workspace.fingerprint(), fingerprint, "evaluation");
              workspace.setParameters(parameters);
              return loss(workspace, part);
            });
  }

  private static PartLoss loss(Workspace workspace, Shard part) {
    try {
      return StreamEvaluator.loss(workspace.network(), part);
    } catch (IngestException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IngestException(String.format(Locale.ROOT, "evaluation: %s", e.getMessage()), e);
    }
  }
}
