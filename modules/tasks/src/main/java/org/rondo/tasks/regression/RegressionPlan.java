package org.rondo.tasks.regression;

import java.io.Serializable;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.InputPlan;

/**
 * How rows are read.
 *
 * @param inputs how their inputs are
 * @param targets what has a target
 * @param metric that decides which parameters are best, or {@value RegressionMetrics#AUTO}
 */
record RegressionPlan(InputPlan inputs, TargetKind targets, String metric) implements Serializable {
  static RegressionPlan of(TaskSettings settings) {
    TargetKind targets = TargetKind.of(settings);
    return new RegressionPlan(
        InputPlan.of(RegressionTask.NAME, settings),
        targets,
        settings.choice("metric", RegressionMetrics.choices(targets)));
  }
}
