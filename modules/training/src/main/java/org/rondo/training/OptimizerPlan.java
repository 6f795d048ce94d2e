package org.rondo.training;

import java.io.Serializable;
import java.util.Locale;

/**
 * The update rule and its constants; rules ignore constants that they do not have.
 *
 * @param name of an {@link Optimizer}: {@code sgd}, {@code momentum}, {@code nesterov}, {@code
 *     adam}, {@code adamw}
 * @param learningRate before the schedule, above 0
 * @param momentum share of the velocity kept by {@code momentum} and {@code nesterov}, in [0,1)
 * @param beta1 decay of Adam's first moment, in [0,1)
 * @param beta2 decay of Adam's second moment, in [0,1)
 * @param epsilon added to Adam's denominator, above 0
 * @param weightDecay decoupled decay of {@code adamw}, at least 0; 0 for every other rule
 */
public record OptimizerPlan(
    String name,
    double learningRate,
    double momentum,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay)
    implements Serializable {
  public OptimizerPlan {
    Require.that(
        Optimizer.names().contains(name),
        String.format(
            Locale.ROOT,
            "optimizer.name = %s: no such optimizer; there are %s",
            name,
            Optimizer.names()));
    Require.that(
        learningRate > 0 && Double.isFinite(learningRate),
        String.format(
            Locale.ROOT, "optimizer.learning_rate must be a number above 0, got %s", learningRate));
    share("optimizer.momentum", momentum);
    share("optimizer.beta1", beta1);
    share("optimizer.beta2", beta2);
    Require.that(
        epsilon > 0,
        String.format(Locale.ROOT, "optimizer.epsilon must be above 0, got %s", epsilon));
    Require.that(
        weightDecay >= 0,
        String.format(Locale.ROOT, "optimizer.weight_decay must be >= 0, got %s", weightDecay));
    Require.that(
        weightDecay == 0 || name.equals(AdamW.NAME),
        String.format(
            Locale.ROOT,
            "optimizer.weight_decay = %s: only %s decays weights, optimizer.name is %s",
            weightDecay,
            AdamW.NAME,
            name));
  }

  /** That rule at that rate, with the usual constants: 0.9; 0.9, 0.999, 1e-8; no decay. */
  public static OptimizerPlan of(String name, double learningRate) {
    return new OptimizerPlan(name, learningRate, 0.9, 0.9, 0.999, 1e-8, 0);
  }

  private static void share(String key, double value) {
    Require.that(
        value >= 0 && value < 1,
        String.format(Locale.ROOT, "%s must be in [0,1), got %s", key, value));
  }
}
