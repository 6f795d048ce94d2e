package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NabScorerTest {
  private static final double EXACT = 1e-12;

  /** Values from the documentation of NAB's scorer. */
  @ParameterizedTest
  @CsvSource({"-1, 0.98661", "-0.5, 0.84828", "0, 0", "1, -0.98661", "3.01, -1"})
  void sigmoidHasThePublishedValues(double position, double expected) {
    assertThat(NabScorer.scaledSigmoid(position)).isCloseTo(expected, within(5e-6));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "6, 0", "7, 1", "100, 15", "4032, 604", "5000, 750", "22695, 750"})
  void probationaryPeriodIsAShareUpToALimit(int steps, int expected) {
    assertThat(NabScorer.probationarySteps(steps)).isEqualTo(expected);
  }

  @Test
  void withoutDetectionsEachWindowIsMissed() {
    NabScorer scorer =
        scorer(NabProfile.REWARD_LOW_FN, new double[200], window(60, 69), window(120, 139));
    assertThat(scorer.outcomes().get(0))
        .isEqualTo(new NabOutcome(Double.POSITIVE_INFINITY, -4, 0, 0, 140, 30));
    assertThat(scorer.normalised(scorer.at(0.5))).isZero();
  }

  @Test
  void perfectDetectionIsAHundred() {
    double[] anomalies = detections(200, 60, 120);
    for (NabProfile profile : NabProfile.values()) {
      NabScorer scorer = scorer(profile, anomalies, window(60, 69), window(120, 139));
      assertThat(scorer.normalised(scorer.best())).isCloseTo(100, within(EXACT));
    }
  }

  @Test
  void earliestDetectionOfAWindowCounts() {
    double halfway = scorer(detections(100, 65), window(60, 69)).at(1).score();
    double twice = scorer(detections(100, 65, 66), window(60, 69)).at(1).score();
    double last = scorer(detections(100, 69), window(60, 69)).at(1).score();
    assertThat(halfway).isCloseTo(0.84828364 / 0.98661430, within(1e-7));
    assertThat(twice).isEqualTo(halfway);
    assertThat(last).isCloseTo(0.24491866 / 0.98661430, within(1e-7)); // y = -1/10
  }

  /** NAB's own example of two windows, detections at 30, 31 and 37, has the score -0.9540. */
  @Test
  void falsePositivesCostMoreAwayFromTheWindowBefore() {
    // The example's weights of false positives are 1, and nothing is probationary.
    double[] anomalies = detections(100, 30, 31, 37);
    NabOutcome outcome = scorer(anomalies, window(30, 34), window(65, 69)).at(1);
    double ofExample = 1 - 1 - 0.9540; // first window found, second one missed, false positive
    assertThat(outcome.score()).isCloseTo(0.11 * ofExample, within(1e-5));
    assertThat(outcome).isEqualTo(new NabOutcome(1, outcome.score(), 2, 1, 74, 8));
  }

  @Test
  void falsePositivesBeforeAllWindowsCostTheirWholeWeight() {
    assertThat(scorer(NabProfile.REWARD_LOW_FP, detections(100, 40), window(60, 69)).at(1).score())
        .isCloseTo(-1 - 0.22, within(EXACT));
  }

  @Test
  void probationaryPeriodCountsNothing() {
    NabScorer scorer = scorer(detections(100, 3, 14), window(2, 9), window(12, 19));
    NabOutcome outcome = scorer.at(1);
    assertThat(outcome).isEqualTo(new NabOutcome(Double.POSITIVE_INFINITY, -1, 0, 0, 80, 5));
    assertThat(scorer.normalised(outcome)).isZero();
  }

  @Test
  void thresholdIsChosenForTheWholeCorpus() {
    var scorer = new NabScorer(NabProfile.STANDARD);
    double[] first = new double[100];
    first[50] = 0.6; // finds the window; so does the second series at 0.4
    double[] second = new double[100];
    second[50] = 0.4;
    second[30] = 0.5; // a false positive costs less than a window gains
    scorer.add(first, List.of(window(50, 59)));
    scorer.add(second, List.of(window(50, 59)));
    assertThat(scorer.best().threshold()).isEqualTo(0.4);
    assertThat(scorer.best().score()).isCloseTo(2 - 0.11, within(EXACT));
    assertThat(scorer.normalised(scorer.best())).isCloseTo(100 * (4 - 0.11) / 4, within(1e-10));
    assertThat(scorer.at(0.55).score()).isCloseTo(1 - 1, within(EXACT));
  }

  @ParameterizedTest
  @EnumSource(NabProfile.class)
  void everyThresholdAgreesWithASlowReference(NabProfile profile) {
    var random = new Random(7);
    var scorer = new NabScorer(profile);
    var series = new ArrayList<double[]>();
    var windows = new ArrayList<List<Interval>>();
    for (int i = 0; i < 5; i++) {
      series.add(random.ints(80 + 10 * i, 0, 20).mapToDouble(v -> v / 20.0).toArray());
      int first = 5 + random.nextInt(20);
      windows.add(List.of(window(first, first + 9), window(first + 12, first + 12 + i)));
      scorer.add(series.get(i), windows.get(i));
    }
    for (NabOutcome outcome : scorer.outcomes()) {
      double expected = 0;
      for (int i = 0; i < series.size(); i++) {
        expected += reference(profile, series.get(i), windows.get(i), outcome.threshold());
      }
      assertThat(outcome.score()).isCloseTo(expected, within(1e-9));
    }
    assertThat(scorer.outcomes()).hasSize(21);
  }

  /** Step by step as the paper says it, for one series and one threshold. */
  private static double reference(
      NabProfile profile, double[] anomalies, List<Interval> windows, double threshold) {
    double fp = profile == NabProfile.REWARD_LOW_FP ? 0.22 : 0.11;
    double fn = profile == NabProfile.REWARD_LOW_FN ? 2 : 1;
    int probation = (int) (anomalies.length * 15L / 100);
    double score = 0;
    for (Interval window : windows) {
      double best = -fn;
      for (int i = Math.max(window.first(), probation); i <= window.last(); i++) {
        if (anomalies[i] >= threshold) {
          double y = (i - window.last() - 1.0) / (window.last() - window.first() + 1);
          best = Math.max(best, Math.tanh(-2.5 * y) / Math.tanh(2.5));
        }
      }
      score += window.last() >= probation ? best : 0;
    }
    for (int i = probation; i < anomalies.length; i++) {
      int step = i;
      if (anomalies[i] >= threshold && windows.stream().noneMatch(w -> w.contains(step))) {
        double cost = 1;
        for (Interval window : windows) {
          if (window.last() < i) {
            double y = (i - window.last()) / (double) Math.max(1, window.last() - window.first());
            cost = y > 3 ? 1 : Math.tanh(2.5 * y);
          }
        }
        score -= fp * cost;
      }
    }
    return score;
  }

  @Test
  void wrongLabelsAndScoresAreRefused() {
    assertThatThrownBy(() -> scorer(new double[10], window(3, 5), window(5, 6)))
        .hasMessageContaining("apart");
    assertThatThrownBy(() -> scorer(new double[10], window(3, 10)))
        .hasMessageContaining("10 steps");
    assertThatThrownBy(() -> scorer(new double[] {0, Double.NaN})).hasMessageContaining("step 1");
    NabScorer without = scorer(new double[10]);
    assertThatThrownBy(() -> without.normalised(without.best()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static NabScorer scorer(double[] anomalies, Interval... windows) {
    return scorer(NabProfile.STANDARD, anomalies, windows);
  }

  private static NabScorer scorer(NabProfile profile, double[] anomalies, Interval... windows) {
    var scorer = new NabScorer(profile);
    scorer.add(anomalies, List.of(windows));
    return scorer;
  }

  private static Interval window(int first, int last) {
    return new Interval(first, last);
  }

  private static double[] detections(int steps, int... detected) {
    var anomalies = new double[steps];
    for (int step : detected) {
      anomalies[step] = 1;
    }
    return anomalies;
  }
}
