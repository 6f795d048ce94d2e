package org.rondo.evaluation.anomalies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.rondo.kernels.ValueException;

/**
 * Anomalous intervals by a threshold that the errors themselves choose. Errors are smoothed by an
 * exponentially weighted mean; in a window of the last {@code history} smoothed errors, with mean m
 * and standard deviation s, the threshold is the one of m + z s, z = 2, 2.5, ... 10, whose removal
 * of all errors above it lowers mean and deviation most, in relation to how much it removes: {@code
 * (dm / m + ds / s) / (removed errors + removed runs^2)}. Runs are then pruned: with their maxima
 * in descending order and the largest error below the threshold behind these, the runs up to the
 * last relative drop of more than {@code pruning} remain.
 *
 * @param history h, smoothed errors of one window; 2100 in the paper's experiments
 * @param batch steps from one window to the next; only these are judged anew; 70 in the experiments
 * @param span of the exponentially weighted mean, whose weights fall by 1 - 2 / (span + 1) a step;
 *     105 in the experiments
 * @param pruning p, least relative drop from an anomaly to what is none; 0.13 in the experiments
 * @see <a href="https://arxiv.org/abs/1802.04431">Hundman et al. 2018, section 3</a>
 */
public record DynamicThreshold(int history, int batch, int span, double pruning) {
  private static final int FIRST_HALF_Z = 4;
  private static final int LAST_HALF_Z = 20;

  /** The values of the paper's experiments. */
  public static final DynamicThreshold PUBLISHED = new DynamicThreshold(2100, 70, 105, 0.13);

  /**
   * Checks the values.
   *
   * @throws ValueException if one of them is out of range
   */
  public DynamicThreshold {
    ValueException.unless(history >= 1, "history", history, "must be at least 1");
    ValueException.unless(
        batch >= 1 && batch <= history, "batch", batch, "must be from 1 to history");
    ValueException.unless(span >= 1, "span", span, "must be at least 1");
    ValueException.unless(
        pruning >= 0 && pruning < 1, "pruning", pruning, "must be from 0 to less than 1");
  }

  /**
   * The anomalous intervals of a series. The first window is judged as a whole.
   *
   * @param errors absolute errors of the predictions, step by step; not modified
   * @throws IllegalArgumentException if an error is negative or NaN
   */
  public List<Interval> anomalies(double[] errors) {
    double[] smoothed = smoothed(errors);
    var flags = new boolean[errors.length];
    int judged = 0;
    while (judged < errors.length) {
      int end = Math.min(errors.length, judged == 0 ? history : judged + batch);
      int from = Math.max(0, end - history);
      for (Interval run : ofWindow(Arrays.copyOfRange(smoothed, from, end))) {
        int first = Math.max(judged, from + run.first());
        Arrays.fill(flags, first, Math.max(first, from + run.last() + 1), true);
      }
      judged = end;
    }
    return Interval.runs(flags);
  }

  /**
   * A threshold for smoothed errors to come, from those that are known: the one that is chosen over
   * all of them together; where none is far off, the largest of them and a relative {@code pruning}
   * above it.
   *
   * @param errors absolute errors, step by step, at least one; not modified
   * @return 0 if all of them are
   * @throws IllegalArgumentException if an error is negative or NaN
   */
  public double learned(double[] errors) {
    double[] smoothed = smoothed(errors);
    double largest = Arrays.stream(smoothed).max().orElseThrow();
    return threshold(smoothed).orElse(largest * (1 + pruning));
  }

  private double[] smoothed(double[] errors) {
    var mean = new ExponentialMean(span);
    var smoothed = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      if (!(errors[i] >= 0)) {
        throw new IllegalArgumentException(
            "errors must be numbers >= 0, got " + errors[i] + " at step " + i);
      }
      smoothed[i] = mean.next(errors[i]);
    }
    return smoothed;
  }

  private List<Interval> ofWindow(double[] window) {
    OptionalDouble threshold = threshold(window);
    return threshold.isPresent()
        ? pruned(window, runsAbove(window, threshold.getAsDouble()), threshold.getAsDouble())
        : List.of();
  }

  /** The best threshold, the highest of equally good ones; none if no error is above m + 2 s. */
  private static OptionalDouble threshold(double[] window) {
    double mean = mean(window);
    double deviation = deviation(window);
    double best = 0;
    var threshold = OptionalDouble.empty();
    for (int halfZ = FIRST_HALF_Z; halfZ <= LAST_HALF_Z; halfZ++) {
      double epsilon = mean + halfZ / 2.0 * deviation;
      double[] normal = Arrays.stream(window).filter(e -> e <= epsilon).toArray();
      int removed = window.length - normal.length;
      if (removed == 0) {
        break;
      }
      double runs = runsAbove(window, epsilon).size();
      double decrease = (mean - mean(normal)) / mean + (deviation - deviation(normal)) / deviation;
      double criterion = decrease / (removed + runs * runs);
      if (criterion >= best) {
        best = criterion;
        threshold = OptionalDouble.of(epsilon);
      }
    }
    return threshold;
  }

  private List<Interval> pruned(double[] window, List<Interval> runs, double epsilon) {
    List<Interval> ranked = new ArrayList<>(runs);
    ranked.sort(Comparator.comparingDouble((Interval run) -> largest(window, run)).reversed());
    double normal = Arrays.stream(window).filter(e -> e <= epsilon).max().orElse(0);
    int kept = 0;
    for (int i = 0; i < ranked.size(); i++) {
      double own = largest(window, ranked.get(i));
      double below = i + 1 < ranked.size() ? largest(window, ranked.get(i + 1)) : normal;
      if ((own - below) / own > pruning) {
        kept = i + 1;
      }
    }
    return ranked.subList(0, kept);
  }

  private static List<Interval> runsAbove(double[] window, double epsilon) {
    var above = new boolean[window.length];
    for (int i = 0; i < window.length; i++) {
      above[i] = window[i] > epsilon;
    }
    return Interval.runs(above);
  }

  private static double largest(double[] window, Interval run) {
    return Arrays.stream(window, run.first(), run.last() + 1).max().orElseThrow();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
