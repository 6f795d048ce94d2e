package org.rondo.evaluation.metrics;

import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/** Predictions written by hand. */
final class Sample {
  private static final float[] NOTHING = {};

  private Sample() {}

  /** One class for each step, without scores that say more. */
  static Predictions classes(int[] targets, int[] classes) {
    return new Predictions(targets, classes, 1, new float[classes.length], NOTHING);
  }

  /** One class for the sequence: the one of the largest score. */
  static Predictions scored(int target, float... scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return new Predictions(new int[] {target}, new int[] {best}, scores.length, scores, NOTHING);
  }

  /** Several labels: 1 where one is given, by target and by score. */
  static Predictions labels(float[] targets, float[] scores) {
    return new Predictions(new int[] {0}, new int[0], targets.length, scores, targets);
  }

  static double[] sums(Metric metric, Predictions... all) {
    var sums = new double[metric.sums()];
    for (Predictions each : all) {
      metric.add(each, sums);
    }
    return sums;
  }

  static double value(Metric metric, Predictions... all) {
    return metric.value(sums(metric, all));
  }
}
