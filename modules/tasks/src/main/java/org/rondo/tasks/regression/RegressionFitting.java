package org.rondo.tasks.regression;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.rondo.kernels.Counted;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.RowWeight;
import org.rondo.tasks.inputs.InputsFitting;
import org.rondo.tasks.inputs.RowInput;
import org.rondo.tasks.inputs.Scale;
import org.rondo.tasks.inputs.ScaleFitting;

/** Targets and inputs of the training rows. */
final class RegressionFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final RegressionPlan plan;
  private final InputsFitting inputs;
  private final Counts counts = new Counts();

  /** Of the targets; null before the first row. */
  private ScaleFitting targets;

  /**
   * @param given JSON of a vocabulary; empty if none was given
   */
  RegressionFitting(RegressionPlan plan, String given) {
    this.plan = plan;
    inputs = new InputsFitting(plan.inputs(), given);
  }

  @Override
  public void add(Example row) {
    RowWeight.check(row);
    double[][] found = targets(row);
    int width = found[0].length;
    RowTargets.requireWidth(row, width, targets == null ? width : targets.width());
    inputs.add(row, counts);
    if (targets == null) {
      targets = new ScaleFitting(width);
    }
    if (plan.targets().isPerStep()) {
      RowTargets.countGaps(found, counts);
    }
    Arrays.stream(found).filter(RowTargets::isThere).forEach(targets::add);
  }

  private double[][] targets(Example row) {
    if (!plan.targets().isPerStep()) {
      return new double[][] {RowTargets.ofRow(row)};
    }
    return plan.inputs().limit().of(RowTargets.ofSteps(row, plan.targets(), inputs.steps(row)));
  }

  /** The next step is an input too, and is scaled only where inputs are. */
  private List<Scale> scales() {
    return plan.targets() == TargetKind.NEXT && !plan.inputs().standardize()
        ? Scale.none(targets.width())
        : targets.scales();
  }

  @Override
  public void merge(Fitting other) {
    var next = (RegressionFitting) other;
    inputs.merge(next.inputs);
    counts.merge(next.counts);
    if (targets == null) {
      targets = next.targets;
    } else if (next.targets != null) {
      if (targets.width() != next.targets.width()) {
        throw plan.inputs()
            .refused(
                "some training rows have %s in a target, others %d",
                Counted.of(targets.width(), "number"), next.targets.width());
      }
      targets.merge(next.targets);
    }
  }

  @Override
  public Features features() {
    long rows = counts.of("rows");
    if (rows == 0) {
      throw plan.inputs().refused("there are no training rows");
    }
    if (targets.count() == 0) {
      throw plan.inputs().refused("there is no target in %s", Counted.of(rows, "training row"));
    }
    if (IntStream.range(0, targets.width()).allMatch(targets::isConstant)) {
      throw plan.inputs()
          .refused(
              "all targets of %s are the same; there is nothing to predict",
              Counted.of(rows, "training row"));
    }
    var all = new Counts();
    all.merge(counts);
    RowInput input = inputs.input(all);
    return new RegressionFeatures(
        new RegressionFeatures.Contents(
            RegressionFeatures.VERSION,
            RegressionTask.NAME,
            input,
            plan.targets(),
            scales(),
            plan.metric(),
            all.all()));
  }
}
