package org.rondo.evaluation.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;

/**
 * Sums {@code (3,K)} behind every F1: how often each of K classes is a target, is predicted, and is
 * predicted rightly.
 */
final class ClassCounts {
  private final double[] sums;
  private final int classes;

  ClassCounts(double[] sums) {
    this.sums = sums;
    this.classes = sums.length / 3;
  }

  static int length(int classes) {
    return Math.multiplyExact(3, classes);
  }

  /** Of predictions of one class each. */
  void addClasses(Predictions predictions) {
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        int target = predictions.targets()[n];
        int predicted = predictions.classes()[n];
        sums[target]++;
        sums[classes + predicted]++;
        sums[2 * classes + target] += predicted == target ? 1 : 0;
      }
    }
  }

  /** Of predictions of several labels each. */
  void addLabels(Predictions predictions) {
    for (int n = 0; n < predictions.count(); n++) {
      for (int label = 0; label < classes && predictions.hasTarget(n); label++) {
        boolean target = Labels.isTarget(predictions, n, label);
        boolean predicted = Labels.isPredicted(predictions, n, label);
        sums[label] += target ? 1 : 0;
        sums[classes + label] += predicted ? 1 : 0;
        sums[2 * classes + label] += target && predicted ? 1 : 0;
      }
    }
  }

  double targets(int c) {
    return sums[c];
  }

  /** Whether the class is a target or predicted: of others, F1 says nothing. */
  boolean occurs(int c) {
    return sums[c] + sums[classes + c] > 0;
  }

  /**
   * F1 = 2PR / (P + R) with precision P and recall R, which comes to twice the right ones over
   * targets and predicted ones; NaN of a class that does not occur.
   */
  double f1(int c) {
    return 2 * sums[2 * classes + c] / (sums[c] + sums[classes + c]);
  }

  /** F1 of the counts of all classes together. */
  double microF1() {
    var totals = new double[3];
    for (int i = 0; i < 3 * classes; i++) {
      totals[i / classes] += sums[i];
    }
    return new ClassCounts(totals).f1(0);
  }

  /** Mean F1 of the classes that occur. */
  double macroF1() {
    double sum = 0;
    int occurring = 0;
    for (int c = 0; c < classes; c++) {
      if (occurs(c)) {
        sum += f1(c);
        occurring++;
      }
    }
    return sum / occurring;
  }

  /** F1 of each class that occurs, by {@code f1 LABEL}. */
  Map<String, Double> details(List<String> labels) {
    var details = new LinkedHashMap<String, Double>();
    for (int c = 0; c < classes; c++) {
      if (occurs(c)) {
        details.put("f1 " + labels.get(c), f1(c));
      }
    }
    return details;
  }
}
