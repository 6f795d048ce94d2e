package org.rondo.tasks.regression;

import java.util.List;
import java.util.stream.Stream;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.metrics.Mae;
import org.rondo.evaluation.metrics.NextStepMse;
import org.rondo.evaluation.metrics.R2;
import org.rondo.evaluation.metrics.Rmse;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.inputs.Scale;

/** What is measured. */
final class RegressionMetrics {
  static final String AUTO = "auto";

  private RegressionMetrics() {}

  /** Names of all of them. */
  static List<String> names(TargetKind targets) {
    return all(Scale.none(1), targets).stream().map(Metric::name).toList();
  }

  /** What the key {@code metric} may be. */
  static List<String> choices(TargetKind targets) {
    return Stream.concat(Stream.of(AUTO), names(targets).stream()).toList();
  }

  /**
   * All of them, the one asked for first.
   *
   * @param scales of the targets: figures are in the units of the data
   * @param first its name, or {@value #AUTO}
   */
  static List<Metric> of(List<Scale> scales, TargetKind targets, String first) {
    List<String> choices = choices(targets);
    ValueException.unless(choices.contains(first), "metric", first, "must be one of " + choices);
    return Metric.first(first, all(scales, targets));
  }

  private static List<Metric> all(List<Scale> scales, TargetKind targets) {
    List<Double> units = scales.stream().map(Scale::deviation).toList();
    if (targets == TargetKind.NEXT) {
      return Stream.of(NextStepMse.Of.values())
          .map(of -> (Metric) new NextStepMse(units, of))
          .toList();
    }
    return List.of(new Rmse(units), new Mae(units), new R2(units.size()));
  }
}
