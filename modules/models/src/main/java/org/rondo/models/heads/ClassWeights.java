package org.rondo.models.heads;

import java.util.Locale;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;

/**
 * How much the targets of each class count, for classes that are rare. Of targets i with the
 * weights w the loss is the weighted mean, as PyTorch's {@code CrossEntropyLoss(weight)} has it:
 *
 * <pre>
 *   sum of w_i loss_i / sum of w_i
 * </pre>
 *
 * <p>Both sums are over one minibatch. Losses are handed on as sums over targets, whose mean is per
 * target: each target's loss is multiplied by its weight and divided by the mean weight of the
 * minibatch's targets. Where all of these weights are 0, so is the loss.
 */
final class ClassWeights {
  /** Option of heads: {@code 1, 2.5, 0.5}, a number at least 0 per class. */
  static final String OPTION = "class_weights";

  /** Every target counts the same. */
  static final ClassWeights NONE = new ClassWeights(new double[0]);

  private final double[] weights;

  /** Of the minibatch in work: its targets over the sum of their weights. */
  private double factor = 1;

  private ClassWeights(double[] weights) {
    this.weights = weights;
  }

  /**
   * Those that a head's options give.
   *
   * @throws ValueException if they are not one number per class
   */
  static ClassWeights of(HeadSpec spec) {
    String listed = spec.options().values().get(OPTION);
    if (listed == null) {
      return NONE;
    }
    String[] words = listed.strip().split("\\s*,\\s*", -1);
    var weights = new double[words.length];
    double sum = 0;
    for (int i = 0; i < words.length && !Double.isNaN(sum); i++) {
      boolean number = words[i].matches("[0-9]{1,9}(\\.[0-9]{1,9})?");
      weights[i] = number ? Double.parseDouble(words[i]) : Double.NaN;
      sum += weights[i];
    }
    boolean kept = words.length == spec.outputs() && sum > 0;
    ValueException.unless(
        kept,
        ValueException.OPTION + OPTION,
        listed,
        String.format(
            Locale.ROOT,
            "must be %d numbers at least 0, one per class, and not all 0: 1, 2.5",
            spec.outputs()));
    return new ClassWeights(weights);
  }

  /** Whether every target counts the same. */
  boolean equal() {
    return weights.length == 0;
  }

  /** Begins a minibatch. */
  void begin(int[] targets) {
    double sum = 0;
    int count = 0;
    for (int target : targets) {
      if (target >= 0 && !equal()) {
        sum += weights[target];
        count++;
      }
    }
    factor = equal() ? 1 : sum == 0 ? 0 : count / sum;
  }

  /** What a target's loss is multiplied with; 0 where there is none. */
  double of(int target) {
    return target < 0 ? 0 : weights[target] * factor;
  }
}
