package org.rondo.training;

import org.rondo.ingest.Dataset;
import org.rondo.ingest.DatasetFolder;
import org.rondo.ingest.Deal;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.models.NetworkSpec;
import org.rondo.training.workspace.WorkspaceKey;

/**
 * What a carrier works on.
 *
 * @param network that is trained
 * @param plan how
 * @param dataset on what; opened by every machine that trains
 */
public record TrainingJob(NetworkSpec network, TrainingPlan plan, DatasetFolder dataset) {
  /**
   * The same with a precision that is no longer {@code auto}.
   *
   * @param bfloat16 whether every machine of the run multiplies bfloat16 at its speed
   */
  public TrainingJob decided(boolean bfloat16) {
    return new TrainingJob(
        network, plan.with(p -> p.kernels(plan.kernels().decided(bfloat16))), dataset);
  }

  /** What workers train on. */
  public WorkspaceKey trainingWorkspace() {
    return workspace(plan.rounds().batch(), true);
  }

  /** What evaluations run on: where the shape is the same, what workers train on. */
  public WorkspaceKey evaluationWorkspace() {
    int batch = plan.evaluation().batch();
    return workspace(batch, batch == plan.rounds().batch());
  }

  private WorkspaceKey workspace(int batch, boolean trains) {
    return new WorkspaceKey(
        network.toJson(), plan.kernels(), plan.rounds().unroll(), batch, trains);
  }

  /**
   * Checks that the network takes what the dataset holds, that there is enough of it for the plan,
   * and that its parts fit in memory where they must.
   *
   * @param opened the job's dataset
   * @return what becomes of the training split
   * @throws IngestException saying how much there is and how much is needed
   */
  public Deal requireTokens(Dataset opened) {
    opened.requireFits(network);
    Deal dealt = opened.deal(plan.trainingText());
    requireSplit(opened, Split.VALIDATION);
    return dealt;
  }

  /**
   * Checks that there is enough of a split to evaluate it.
   *
   * @throws IngestException saying how much there is and how much is needed
   */
  public void requireSplit(Dataset opened, String split) {
    opened.requireParts(plan.evaluatedText(split));
  }
}
