package org.rondo.evaluation.anomalies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The score of the Numenta Anomaly Benchmark: early detections within labelled windows gain, false
 * positives and missed windows cost. With the scaled sigmoid s(y) = 2 / (1 + exp(5 y)) - 1, a
 * window counts by its earliest detection, {@code truePositive * s(y) / s(-1)} with y from -1 at
 * its first step up to -1 / length at its last; without one, {@code -falseNegative}. A detection
 * outside of windows counts {@code falsePositive * s(y)}, where y is its distance from the end of
 * the preceding window in lengths of that window, less one step; s is -1 from y = 3 on, and where
 * no window precedes.
 *
 * <p>The first 15 % of a series, at most 750 steps, are probationary: they count nothing, and
 * neither does a window that lies wholly within them.
 *
 * @see <a href="https://arxiv.org/abs/1510.03336">Lavin and Ahmad 2015</a>
 */
public final class NabScorer {
  private static final double PROBATIONARY_SHARE = 0.15;
  private static final int LONGEST_SCALED = 5000;
  private static final double FAR_BEHIND = 3;
  private static final int OUTSIDE = -1;

  /** A step behind the probationary period: what it counts if it is a detection. */
  private record Point(double anomaly, double worth, int window) {}

  private final NabProfile profile;
  private final List<Point> points = new ArrayList<>();
  private int windows;

  /** A scorer of a corpus that has no series yet. */
  public NabScorer(NabProfile profile) {
    this.profile = profile;
  }

  /** The number of steps at the beginning of a series that are not scored. */
  public static int probationarySteps(int steps) {
    return (int)
        Math.min(Math.floor(PROBATIONARY_SHARE * steps), PROBATIONARY_SHARE * LONGEST_SCALED);
  }

  /** s(y) = 2 / (1 + exp(5 y)) - 1, and -1 behind y = 3. */
  static double scaledSigmoid(double position) {
    return position > FAR_BEHIND ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }

  /**
   * Adds a series of the corpus.
   *
   * @param anomalies score of each step; not modified
   * @param labelled windows of the series, in the order of time
   * @throws IllegalArgumentException if a score is NaN, or windows overlap or lie outside
   */
  public void add(double[] anomalies, List<Interval> labelled) {
    requireNumbers(anomalies);
    Interval.requireLabels(labelled, anomalies.length);
    int probationary = probationarySteps(anomalies.length);
    int unscored = (int) labelled.stream().filter(w -> w.last() < probationary).count();
    int next = 0; // the window that holds the step, or the first one behind it
    for (int i = 0; i < anomalies.length; i++) {
      if (next < labelled.size() && i > labelled.get(next).last()) {
        next++;
      }
      if (i < probationary) {
        continue;
      }
      boolean inside = next < labelled.size() && labelled.get(next).contains(i);
      points.add(
          inside
              ? new Point(anomalies[i], within(labelled.get(next), i), windows + next - unscored)
              : new Point(anomalies[i], behind(labelled, next - 1, i), OUTSIDE));
    }
    windows += labelled.size() - unscored;
  }

  private double within(Interval window, int step) {
    double position = -(window.last() - step + 1) / (double) window.length();
    return profile.truePositive() * scaledSigmoid(position) / scaledSigmoid(-1);
  }

  private double behind(List<Interval> labelled, int preceding, int step) {
    if (preceding < 0) {
      return -profile.falsePositive();
    }
    Interval window = labelled.get(preceding);
    // A window of one step would have the length 0; NAB knows none.
    double length = Math.max(1, window.length() - 1);
    return profile.falsePositive() * scaledSigmoid((step - window.last()) / length);
  }

  /** What each threshold reaches, from above all scores down to the lowest one. */
  public List<NabOutcome> outcomes() {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(Point::anomaly).reversed());
    var earliest = new double[windows];
    Arrays.fill(earliest, -profile.falseNegative());
    double score = -profile.falseNegative() * windows;
    int inside = (int) points.stream().filter(p -> p.window != OUTSIDE).count();
    int outside = points.size() - inside;
    int tp = 0;
    int fp = 0;
    var outcomes = new ArrayList<NabOutcome>();
    outcomes.add(new NabOutcome(Double.POSITIVE_INFINITY, score, 0, 0, outside, inside));
    for (int i = 0; i < sorted.size(); i++) {
      Point point = sorted.get(i);
      if (point.window == OUTSIDE) {
        fp++;
        score += point.worth;
      } else {
        tp++;
        double gain = Math.max(0, point.worth - earliest[point.window]);
        earliest[point.window] += gain;
        score += gain;
      }
      if (i + 1 == sorted.size() || sorted.get(i + 1).anomaly < point.anomaly) {
        outcomes.add(new NabOutcome(point.anomaly, score, tp, fp, outside - fp, inside - tp));
      }
    }
    return outcomes;
  }

  /** The best threshold for the whole corpus, the highest of equally good ones: NAB's own way. */
  public NabOutcome best() {
    NabOutcome best = null;
    for (NabOutcome outcome : outcomes()) {
      best = best == null || outcome.score() > best.score() ? outcome : best;
    }
    return best;
  }

  /**
   * What a threshold reaches that was chosen elsewhere; the outcome's is the lowest score above.
   */
  public NabOutcome at(double threshold) {
    NabOutcome reached = null;
    for (NabOutcome outcome : outcomes()) {
      if (outcome.threshold() >= threshold) {
        reached = outcome;
      }
    }
    return reached;
  }

  /**
   * The score on the scale where no detection is 0 and a detection at the first step of each
   * window, and none elsewhere, is 100.
   *
   * @throws IllegalStateException if no series has a window behind its probationary period
   */
  public double normalised(NabOutcome outcome) {
    if (windows == 0) {
      throw new IllegalStateException(
          "NAB's score needs a labelled window behind the probationary period, got none");
    }
    double none = -profile.falseNegative() * windows;
    return 100 * (outcome.score() - none) / (profile.truePositive() * windows - none);
  }

  static void requireNumbers(double[] anomalies) {
    for (int i = 0; i < anomalies.length; i++) {
      if (Double.isNaN(anomalies[i])) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "the anomaly score of step %d is NaN", i));
      }
    }
  }
}
