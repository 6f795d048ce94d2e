package org.rondo.models.heads;

import java.util.Locale;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;

/**
 * How much the targets of each class count, for classes that are rare. Of targets i of classes with
 * the weights w the loss is the weighted mean, as PyTorch's {@code CrossEntropyLoss(weight)} has
 * it:
 *
 * <pre>
 *   sum of w_i loss_i / sum of w_i
 * </pre>
 *
 * <p>Both sums are over one minibatch. Losses are handed on as sums over targets, whose mean is per
 * target: each target's loss is multiplied by its weight and divided by the mean weight of the
 * minibatch's targets. Where all of these weights are 0, so is the loss.
 *
 * <p>A target of a sequence of weight v ({@link Minibatch#weights}) counts as v targets do: {@code
 * w_i v_i} stands for {@code w_i}, and the loss is multiplied by the mean of v.
 */
final class ClassWeights {
  /** Option of heads: {@code 1, 2.5, 0.5}, a number at least 0 per class. */
  static final String OPTION = "class_weights";

  private final double[] weights;

  /** In work. */
  private Minibatch minibatch;

  private boolean equal;

  /** Of the minibatch: the weights of its targets' sequences over those with their classes'. */
  private double factor;

  private ClassWeights(double[] weights) {
    this.weights = weights;
  }

  /** Every class counts the same. */
  static ClassWeights none() {
    return new ClassWeights(new double[0]);
  }

  /**
   * Those that a head's options give.
   *
   * @throws ValueException if they are not one number per class
   */
  static ClassWeights of(HeadSpec spec) {
    String listed = spec.options().values().get(OPTION);
    if (listed == null) {
      return none();
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

  /** Begins a minibatch. */
  void begin(Minibatch next) {
    minibatch = next;
    equal = weights.length == 0 && !next.isWeighted();
    factor = 1;
    if (weights.length == 0) {
      return;
    }
    double ofSequences = 0;
    double all = 0;
    for (int row = 0; row < next.targets().length; row++) {
      int target = next.targets()[row];
      if (target >= 0) {
        ofSequences += ofSequence(row);
        all += ofSequence(row) * weights[target];
      }
    }
    factor = all == 0 ? 0 : ofSequences / all;
  }

  /** Whether every target of the minibatch counts the same. */
  boolean equal() {
    return equal;
  }

  /** What the loss of a row's target is multiplied by; 0 where there is none. */
  double of(int row) {
    int target = minibatch.targets()[row];
    if (target < 0) {
      return 0;
    }
    return ofSequence(row) * factor * (weights.length == 0 ? 1 : weights[target]);
  }

  private double ofSequence(int row) {
    return minibatch.weights()[row % minibatch.batch()];
  }
}
