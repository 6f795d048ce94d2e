package org.rondo.training;

import java.util.List;
import java.util.Locale;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.PartEvaluator;
import org.rondo.evaluation.PartSums;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Shard;
import org.rondo.training.workspace.Workspace;
import org.rondo.training.workspace.WorkspaceKey;
import org.rondo.training.workspace.WorkspacePool;

/** Evaluates one part of a split on a workspace of this process. */
public final class SplitEvaluation {
  private SplitEvaluation() {}

  /**
   * What the network makes of the part.
   *
   * @param evaluator how it is measured
   * @param fingerprint of the driver's kernels
   * @param metrics whose sums are wanted
   * @throws TrainingException if this machine's kernels are not the driver's: the sums decide about
   *     learning rates and the end of training, so a machine that comes late is checked as well
   * @throws IngestException if the part holds what the network does not take
   */
  public static PartSums of(
      WorkspaceKey key,
      String fingerprint,
      PartEvaluator evaluator,
      List<Metric> metrics,
      float[] parameters,
      Shard part) {
    return WorkspacePool.shared()
        .lend(
            key,
            workspace -> {
              KernelAgreement.requireAlike(
                  key.kernels(), workspace.fingerprint(), fingerprint, "evaluation");
              workspace.setParameters(parameters);
              return sums(evaluator, workspace, part, metrics);
            });
  }

  private static PartSums sums(
      PartEvaluator evaluator, Workspace workspace, Shard part, List<Metric> metrics) {
    try {
      return evaluator.sums(workspace.network(), workspace.passes(), part, metrics);
    } catch (IngestException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IngestException(String.format(Locale.ROOT, "evaluation: %s", e.getMessage()), e);
    }
  }
}
