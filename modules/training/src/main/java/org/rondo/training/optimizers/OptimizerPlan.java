package org.rondo.training.optimizers;

import java.io.Serializable;
import org.rondo.kernels.ValueException;

/**
 * The update rule and its constants; rules ignore constants that they do not have.
 *
 * @param name of an {@link Optimizer}: {@code sgd}, {@code momentum}, {@code nesterov}, {@code
 *     adam}, {@code adamw}, {@code sparse-adam}
 * @param learningRate before the schedule, above 0
 * @param momentum share of the velocity kept by {@code momentum} and {@code nesterov}, in [0,1)
 * @param beta1 decay of Adam's first moment, in [0,1)
 * @param beta2 decay of Adam's second moment, in [0,1)
 * @param epsilon added to Adam's denominator, above 0
 * @param weightDecay decoupled decay of {@code adamw} and {@code sgd}, at least 0; 0 for every
 *     other rule
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
    Optimizer.named(name);
    ValueException.unless(
        learningRate > 0 && Float32.holds(learningRate),
        "optimizer.learning_rate",
        learningRate,
        "must be a float32 above 0");
    share("optimizer.momentum", momentum);
    share("optimizer.beta1", beta1);
    share("optimizer.beta2", beta2);
    ValueException.unless(
        epsilon > 0 && Float32.holds(epsilon),
        "optimizer.epsilon",
        epsilon,
        "must be a float32 above 0");
    ValueException.unless(
        weightDecay >= 0 && Float32.holds(weightDecay),
        "optimizer.weight_decay",
        weightDecay,
        "must be a float32 >= 0");
    ValueException.unless(
        weightDecay == 0 || Optimizer.named(name).decaysWeights(),
        "optimizer.weight_decay",
        weightDecay,
        "only adamw and sgd decay weights, optimizer.name is " + name);
  }

  /** That rule at that rate, with the usual constants: 0.9; 0.9, 0.999, 1e-8; no decay. */
  public static OptimizerPlan of(String name, double learningRate) {
    return new OptimizerPlan(name, learningRate, 0.9, 0.9, 0.999, 1e-8, 0);
  }

  private static void share(String key, double value) {
    ValueException.unless(
        value >= 0 && (float) value < 1, key, value, "must be in [0,1) as a float32");
  }
}
