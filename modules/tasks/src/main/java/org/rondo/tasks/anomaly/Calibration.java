package org.rondo.tasks.anomaly;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.rondo.kernels.ValueException;

/**
 * How far off the network is on the training and validation steps of a series. Errors are measured
 * in units of the mean errors of their channels, so that one that is never foreseen counts no more
 * than others.
 *
 * @param errors mean absolute error of each channel, scaled
 * @param threshold of smoothed errors, in units of those; see {@link ScorePlan#threshold}
 */
public record Calibration(List<Double> errors, double threshold) {
  /** Of channels without noise, a smaller error than this is none. */
  private static final double LEAST = 1e-3;

  /** Checks the values. */
  public Calibration {
    ValueException.unlessGiven("errors", errors);
    errors.forEach(
        error ->
            ValueException.unless(
                error > 0 && Double.isFinite(error), "errors", error, "must be > 0"));
    ValueException.unless(
        threshold > 0 && Double.isFinite(threshold), "threshold", threshold, "must be > 0");
    errors = List.copyOf(errors);
  }

  /** Of a network whose errors are not known yet. */
  static Calibration none(int channels) {
    return new Calibration(Collections.nCopies(channels, 1.0), 1);
  }

  /**
   * Of known errors.
   *
   * @param errors {@code (n,C)} of at least one step, in the order of time
   */
  static Calibration of(double[][] errors, ScorePlan plan) {
    var means = new double[errors[0].length];
    for (double[] step : errors) {
      for (int c = 0; c < means.length; c++) {
        means[c] += step[c];
      }
    }
    for (int c = 0; c < means.length; c++) {
      means[c] = Math.max(LEAST, means[c] / errors.length);
    }
    double[] joint =
        Arrays.stream(errors)
            .mapToDouble(
                step -> {
                  double sum = 0;
                  for (int c = 0; c < means.length; c++) {
                    sum += step[c] / means[c];
                  }
                  return sum / means.length;
                })
            .toArray();
    double threshold = Math.max(LEAST, plan.threshold().learned(joint));
    return new Calibration(DoubleStream.of(means).boxed().toList(), threshold);
  }

  /** As numbers, which any serializer takes: the errors, then the threshold. */
  public double[] numbers() {
    return DoubleStream.concat(
            errors.stream().mapToDouble(error -> error), DoubleStream.of(threshold))
        .toArray();
  }

  /** The one of {@link #numbers}. */
  public static Calibration ofNumbers(double[] numbers) {
    int channels = numbers.length - 1;
    return new Calibration(Arrays.stream(numbers, 0, channels).boxed().toList(), numbers[channels]);
  }

  /** The mean of several, for series of which none is known; in their order. */
  static Calibration mean(Collection<Calibration> all) {
    var means = new double[all.iterator().next().errors().size()];
    double threshold = 0;
    for (Calibration each : all) {
      for (int c = 0; c < means.length; c++) {
        means[c] += each.errors().get(c) / all.size();
      }
      threshold += each.threshold() / all.size();
    }
    return new Calibration(DoubleStream.of(means).boxed().toList(), threshold);
  }
}
