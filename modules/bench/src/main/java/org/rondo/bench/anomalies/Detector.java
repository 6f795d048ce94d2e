package org.rondo.bench.anomalies;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.rondo.evaluation.anomalies.AnomalyLikelihood;
import org.rondo.evaluation.anomalies.DynamicThreshold;
import org.rondo.evaluation.anomalies.Interval;
import org.rondo.evaluation.anomalies.NabScorer;
import org.rondo.evaluation.anomalies.RunningQuantile;

/** What gives every step of a series an anomaly score, from the steps up to it. */
interface Detector {
  /**
   * An anomaly score of each step, higher the more anomalous.
   *
   * @param values of the series; not modified
   */
  double[] scores(double[] values);

  /** Detects nothing: NAB's null detector. */
  static Detector none() {
    return values -> new double[values.length];
  }

  /** Scores drawn from [0,1), the same draws for each series. */
  static Detector random(long seed) {
    return values -> new SplittableRandom(seed).doubles(values.length).toArray();
  }

  /** The likelihood of the errors that forecasting the last value makes. */
  static Detector likelihoodOfNaive() {
    return values -> likelihoods(naiveErrors(values));
  }

  /**
   * The errors that forecasting the last value makes, e / (e + 1.13 q) with q the 0.999 quantile of
   * those before: how {@code task = anomaly} judges the errors of a network.
   */
  static Detector quantileOfNaive() {
    return values -> {
      double[] errors = naiveErrors(values);
      int probationary = NabScorer.probationarySteps(values.length);
      var usual = new RunningQuantile(8000, 0.999);
      var scores = new double[errors.length];
      for (int i = 1; i < errors.length; i++) {
        if (i >= probationary && errors[i] > 0) {
          scores[i] = errors[i] / (errors[i] + 1.13 * usual.value());
        }
        if (i >= probationary / 2) {
          usual.push(errors[i]);
        }
      }
      return scores;
    };
  }

  /** The first step of each run of steps whose likelihood is at least so much. */
  static Detector likelihoodOfNaive(double threshold) {
    return values -> {
      double[] likelihoods = likelihoods(naiveErrors(values));
      var flags = new boolean[values.length];
      for (int i = 0; i < values.length; i++) {
        flags[i] = likelihoods[i] >= threshold;
      }
      return firstSteps(Interval.runs(flags), values.length);
    };
  }

  /** The first step of each interval that the dynamic threshold finds in the same errors. */
  static Detector thresholdOfNaive() {
    return values ->
        firstSteps(DynamicThreshold.PUBLISHED.anomalies(naiveErrors(values)), values.length);
  }

  private static double[] firstSteps(List<Interval> anomalies, int steps) {
    var scores = new double[steps];
    anomalies.forEach(anomaly -> scores[anomaly.first()] = 1);
    return scores;
  }

  /** The likelihood of raw scores, which is learned while NAB counts nothing. */
  static double[] likelihoods(double[] raw) {
    int probationary = NabScorer.probationarySteps(raw.length);
    var likelihood = new AnomalyLikelihood(8000, 10, probationary / 2, probationary);
    return Arrays.stream(raw).map(likelihood::next).toArray();
  }

  private static double[] naiveErrors(double[] values) {
    var errors = new double[values.length];
    for (int i = 1; i < values.length; i++) {
      errors[i] = Math.abs(values[i] - values[i - 1]);
    }
    return errors;
  }
}
