package org.rondo.evaluation.metrics;

import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Area under the receiver operating characteristic: the probability that a sequence of the class
 * gets a higher probability of it than one of another class, equal ones counting half. With two
 * classes, of class 1; with more, the mean over classes, each against the rest, of those that have
 * both.
 *
 * <p>Probabilities are sorted into a fixed histogram, so that the sums of parts can be added: by
 * log odds, log(p / (1 - p)), from -16 to 16 in steps of 1/64, which is a step of at most 0.004 in
 * probability and finer towards 0 and 1. Pairs in one bin count half, so the error is at most half
 * of their share, which the detail {@code error-at-most} gives.
 *
 * @param classes K
 */
public record AreaUnderCurve(int classes) implements Metric {
  private static final int BINS_PER_UNIT = 64;
  private static final int LARGEST = 16;
  private static final int BINS = 2 * LARGEST * BINS_PER_UNIT;

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  /** {@code (curves, 2, bins)}: sequences of other classes, then of the class. */
  @Override
  public int sums() {
    return Math.multiplyExact(curves(), 2 * BINS);
  }

  private int curves() {
    return classes == 2 ? 1 : classes;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    for (int n = 0; n < predictions.count(); n++) {
      for (int curve = 0; curve < curves() && predictions.hasTarget(n); curve++) {
        int ofClass = classes == 2 ? 1 : curve;
        int side = predictions.targets()[n] == ofClass ? 1 : 0;
        sums[(2 * curve + side) * BINS + bin(logOdds(predictions, n, ofClass))]++;
      }
    }
  }

  /** The class's score against the others' together: exact where p is next to 1. */
  private static double logOdds(Predictions predictions, int n, int ofClass) {
    var others = new double[predictions.outputs()];
    for (int o = 0; o < others.length; o++) {
      others[o] = o == ofClass ? Double.NEGATIVE_INFINITY : predictions.score(n, o);
    }
    return predictions.score(n, ofClass) - Predictions.logSumExp(others);
  }

  private static int bin(double logOdds) {
    double bin = Math.floor((logOdds + LARGEST) * BINS_PER_UNIT);
    return (int) Math.max(0, Math.min(BINS - 1, bin));
  }

  @Override
  public double value(double[] sums) {
    return mean(sums, false);
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return Map.of("error-at-most", mean(sums, true) / 2);
  }

  /** Mean over curves of the area, or of the share of pairs in one bin. */
  private double mean(double[] sums, boolean ofTies) {
    double total = 0;
    int measured = 0;
    for (int curve = 0; curve < curves(); curve++) {
      int from = 2 * curve * BINS;
      double others = 0;
      double own = 0;
      double area = 0;
      double ties = 0;
      for (int bin = from; bin < from + BINS; bin++) {
        double pairs = sums[bin] * sums[bin + BINS];
        area += sums[bin + BINS] * others + pairs / 2;
        ties += pairs;
        others += sums[bin];
        own += sums[bin + BINS];
      }
      if (others > 0 && own > 0) {
        total += (ofTies ? ties : area) / (others * own);
        measured++;
      }
    }
    return total / measured;
  }
}
