package org.rondo.training;

import java.util.List;
import org.rondo.evaluation.LossMetric;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.PartEvaluator;
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
 * @param metrics by which it is evaluated, the one that decides first
 * @param evaluator how parts of a split are measured
 */
public record TrainingJob(
    NetworkSpec network,
    TrainingPlan plan,
    DatasetFolder dataset,
    List<Metric> metrics,
    PartEvaluator evaluator) {
  /**
   * A job.
   *
   * @param metrics in the order of the task; {@link EvaluationPlan#metric} is put first
   * @throws IllegalArgumentException if that is none of them
   */
  public TrainingJob {
    plan.evaluation().requireMetric(metrics.stream().map(Metric::name).toList());
    metrics = Metric.first(plan.evaluation().metric(), metrics);
  }

  /** A job that is evaluated as it was trained. */
  public TrainingJob(
      NetworkSpec network, TrainingPlan plan, DatasetFolder dataset, List<Metric> metrics) {
    this(network, plan, dataset, metrics, PartEvaluator.PLAIN);
  }

  /** A job that is evaluated by the figures of its loss. */
  public TrainingJob(NetworkSpec network, TrainingPlan plan, DatasetFolder dataset) {
    this(network, plan, dataset, LossMetric.of(network));
  }

  /**
   * The same with a precision that is no longer {@code auto}.
   *
   * @param bfloat16 whether every machine of the run multiplies bfloat16 at its speed
   */
  public TrainingJob decided(boolean bfloat16) {
    return new TrainingJob(
        network,
        plan.with(p -> p.kernels(plan.kernels().decided(bfloat16))),
        dataset,
        metrics,
        evaluator);
  }

  /** The same, whose splits are measured in that way. */
  public TrainingJob evaluatedBy(PartEvaluator other) {
    return new TrainingJob(network, plan, dataset, metrics, other);
  }

  /**
   * What workers train on.
   *
   * @param opened the job's dataset, which says how many steps minibatches have
   */
  public WorkspaceKey trainingWorkspace(Dataset opened) {
    return workspace(opened.steps(plan.trainingText()), plan.rounds().batch(), true);
  }

  /**
   * What evaluations run on: where shapes and head are the same, what workers train on.
   *
   * @param opened the job's dataset
   */
  public WorkspaceKey evaluationWorkspace(Dataset opened) {
    int batch = plan.evaluation().batch();
    if (evaluator.trains()) {
      List<Integer> steps = opened.steps(plan.evaluatedText(Split.VALIDATION));
      return new WorkspaceKey(network.evaluated().toJson(), plan.kernels(), steps, batch, true);
    }
    boolean sameHead = network.evaluated().head().equals(network.head());
    return batch == plan.rounds().batch() && sameHead
        ? trainingWorkspace(opened)
        : workspace(opened.steps(plan.evaluatedText(Split.VALIDATION)), batch, false);
  }

  private WorkspaceKey workspace(List<Integer> steps, int batch, boolean trains) {
    return new WorkspaceKey(network.toJson(), plan.kernels(), steps, batch, trains);
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
    opened.requireFits(network, plan.rounds().unroll());
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
