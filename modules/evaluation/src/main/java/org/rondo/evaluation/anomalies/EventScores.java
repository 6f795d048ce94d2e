package org.rondo.evaluation.anomalies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Precision, recall and F1 of detections, by event and by step, over all series that are added.
 *
 * <p>By event, a labelled interval is found if any of its steps is flagged, and a run of flagged
 * steps is false if it touches no labelled interval: {@code precision = found / (found + false
 * runs)}, {@code recall = found / events} (Hundman et al. 2018). By step, every step counts for
 * itself. Steps are <em>not</em> adjusted, which would count every step of an interval as flagged
 * where one is: with long intervals, random scores then reach an F1 near 0.9 and pass for better
 * than trained detectors (Kim et al. 2022).
 *
 * <p>The area under the precision-recall curve is the average precision, {@code sum (R_n - R_(n-1))
 * P_n} over all thresholds, by step; it needs no threshold.
 *
 * <p>A ratio whose denominator is 0 is 0.
 *
 * @see <a href="https://arxiv.org/abs/1802.04431">Hundman et al. 2018, section 4.2</a>
 * @see <a href="https://arxiv.org/abs/2109.05257">Kim et al. 2022</a>
 */
public final class EventScores {
  private record Step(double anomaly, boolean labelled) {}

  private final double threshold;
  private final List<Step> steps = new ArrayList<>();
  private int events;
  private int found;
  private int falseRuns;

  /**
   * Scores of no series yet.
   *
   * @param threshold steps of at least this anomaly score are flagged
   */
  public EventScores(double threshold) {
    this.threshold = threshold;
  }

  /**
   * Adds a series.
   *
   * @param anomalies score of each step; not modified
   * @param labelled intervals of the series, in the order of time
   * @param from first step that counts; events that end before do not count
   * @throws IllegalArgumentException if a score is NaN, or intervals overlap or lie outside
   */
  public void add(double[] anomalies, List<Interval> labelled, int from) {
    NabScorer.requireNumbers(anomalies);
    Interval.requireLabels(labelled, anomalies.length);
    var flags = new boolean[anomalies.length];
    var labels = new boolean[anomalies.length];
    labelled.forEach(event -> Arrays.fill(labels, event.first(), event.last() + 1, true));
    for (int i = from; i < anomalies.length; i++) {
      flags[i] = anomalies[i] >= threshold;
      steps.add(new Step(anomalies[i], labels[i]));
    }
    for (Interval event : labelled) {
      if (event.last() >= from) {
        events++;
        found += holdsAny(event, flags) ? 1 : 0;
      }
    }
    falseRuns += (int) Interval.runs(flags).stream().filter(run -> !holdsAny(run, labels)).count();
  }

  private static boolean holdsAny(Interval interval, boolean[] flags) {
    for (int i = interval.first(); i <= interval.last(); i++) {
      if (flags[i]) {
        return true;
      }
    }
    return false;
  }

  /** Found events among these and the false runs. */
  public double eventPrecision() {
    return ratio(found, found + falseRuns);
  }

  /** Found events among all. */
  public double eventRecall() {
    return ratio(found, events);
  }

  /** Harmonic mean of both. */
  public double eventF1() {
    return ratio(2.0 * found, found + falseRuns + events);
  }

  /** Labelled steps among those flagged. */
  public double stepPrecision() {
    return ratio(labelledAndFlagged(), flagged());
  }

  /** Flagged steps among those labelled. */
  public double stepRecall() {
    return ratio(labelledAndFlagged(), labelled());
  }

  /** Harmonic mean of both. */
  public double stepF1() {
    return ratio(2.0 * labelledAndFlagged(), flagged() + labelled());
  }

  /** Average precision by step. */
  public double precisionRecallArea() {
    List<Step> sorted = new ArrayList<>(steps);
    sorted.sort(Comparator.comparingDouble(Step::anomaly).reversed());
    double area = 0;
    int above = 0;
    int counted = 0;
    for (int i = 0; i < sorted.size(); i++) {
      above += sorted.get(i).labelled ? 1 : 0;
      if (i + 1 == sorted.size() || sorted.get(i + 1).anomaly < sorted.get(i).anomaly) {
        area += (above - counted) * (above / (i + 1.0));
        counted = above;
      }
    }
    return ratio(area, labelled());
  }

  private int flagged() {
    return (int) steps.stream().filter(s -> s.anomaly >= threshold).count();
  }

  private int labelled() {
    return (int) steps.stream().filter(Step::labelled).count();
  }

  private int labelledAndFlagged() {
    return (int) steps.stream().filter(s -> s.labelled && s.anomaly >= threshold).count();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
