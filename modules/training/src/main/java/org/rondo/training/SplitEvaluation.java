package org.rondo.training;

import org.rondo.evaluation.StreamEvaluator;
import org.rondo.ingest.TokenStreams;

/** Evaluates one part of a split on a workspace of this process. */
public final class SplitEvaluation {
  private SplitEvaluation() {}

  /** Sums of nats of the part's streams, as {@link StreamEvaluator#sums}. */
  public static double[] sums(WorkspaceKey key, float[] parameters, TokenStreams part) {
    return WorkspacePool.shared()
        .lend(
            key,
            workspace -> {
              workspace.setParameters(parameters);
              return StreamEvaluator.sums(workspace.network(), part);
            });
  }
}
