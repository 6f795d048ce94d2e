package org.rondo.sparkml.columns;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.Counted;

/** Chooses a label by the probabilities of all. */
public final class ClassRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int count;
  private final int[] predictions;

  /** Null for the most probable label. */
  private final double[] thresholds;

  /**
   * The rule for these labels.
   *
   * @param thresholds of each label; of all or none
   * @throws IllegalArgumentException if there is another number of them
   */
  public ClassRule(ClassLabels labels, Optional<double[]> thresholds) {
    count = labels.count();
    predictions = labels.predictions().stream().mapToInt(each -> each).toArray();
    this.thresholds = thresholds.orElse(null);
    if (thresholds.isPresent() && thresholds.get().length != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "thresholds has %s, the model has %s: %s",
              Counted.of(thresholds.get().length, "value"),
              Counted.of(count, "label"),
              labels.names()));
    }
  }

  /**
   * Probabilities by label.
   *
   * @param ofClasses by class of the network; labels that it does not know have 0
   */
  double[] byLabel(double[] ofClasses) {
    var probabilities = new double[count];
    for (int c = 0; c < ofClasses.length; c++) {
      probabilities[predictions[c]] = ofClasses[c];
    }
    return probabilities;
  }

  /** The label of the greatest probability over threshold; the first of equal ones. */
  double predicted(double[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      if (scaled(probabilities, label) > scaled(probabilities, best)) {
        best = label;
      }
    }
    return best;
  }

  private double scaled(double[] probabilities, int label) {
    if (thresholds == null || probabilities[label] == 0) {
      return probabilities[label];
    }
    return probabilities[label] / thresholds[label]; // a threshold of 0 is always passed
  }
}
