package org.rondo.tasks.regression;

import java.io.Serializable;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.inputs.InputPlan;

/**
 * How rows are read.
 *
 * @param inputs how their inputs are
 * @param perStep whether every step has a target, or the whole row
 * @param metric that decides which parameters are best, or {@value RegressionMetrics#AUTO}
 */
record RegressionPlan(InputPlan inputs, boolean perStep, String metric) implements Serializable {
  static RegressionPlan of(TaskSettings settings) {
    return new RegressionPlan(
        InputPlan.of(RegressionTask.NAME, settings),
        settings.flag("per_step"),
        settings.choice("metric", RegressionMetrics.choices()));
  }
}
