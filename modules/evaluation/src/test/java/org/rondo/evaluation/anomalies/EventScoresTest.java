package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventScoresTest {
  private static final double EXACT = 1e-12;

  /**
   * Ten steps, events 2-4 and 7-8; flagged 0, 3, 4, 5, 9: the run 3-5 finds the first event, runs 0
   * and 9 are false, the second event is missed.
   */
  @Test
  void agreeWithAnExampleByHand() {
    var scores = new EventScores(0.5);
    scores.add(
        new double[] {0.5, 0, 0, 0.9, 0.8, 0.7, 0, 0.4, 0, 0.6},
        List.of(new Interval(2, 4), new Interval(7, 8)),
        0);
    assertThat(scores.eventPrecision()).isCloseTo(1.0 / 3, within(EXACT));
    assertThat(scores.eventRecall()).isCloseTo(1.0 / 2, within(EXACT));
    assertThat(scores.eventF1()).isCloseTo(0.4, within(EXACT));
    assertThat(scores.stepPrecision()).isCloseTo(2.0 / 5, within(EXACT));
    assertThat(scores.stepRecall()).isCloseTo(2.0 / 5, within(EXACT));
    assertThat(scores.stepF1()).isCloseTo(2.0 / 5, within(EXACT));
    // 0.9 1/1, 0.8 2/2, 0.4 3/6 (seventh place: 0.7 0.6 0.5 before it are false), the rest 5/10
    assertThat(scores.precisionRecallArea())
        .isCloseTo((1 + 1 + 3.0 / 6 + 2 * 0.5) / 5, within(EXACT));
  }

  /** The example in the documentation of scikit-learn's average_precision_score: 0.83. */
  @Test
  void areaAgreesWithScikitLearn() {
    var scores = new EventScores(0.5);
    scores.add(new double[] {0.1, 0.4, 0.35, 0.8}, List.of(new Interval(2, 3)), 0);
    assertThat(scores.precisionRecallArea()).isCloseTo(0.8333333333, within(1e-9));
  }

  @Test
  void equalScoresHaveOneThreshold() {
    var scores = new EventScores(0.5);
    scores.add(new double[] {1, 1, 1, 1}, List.of(new Interval(0, 0)), 0);
    assertThat(scores.precisionRecallArea()).isCloseTo(0.25, within(EXACT));
  }

  @Test
  void countsOfSeriesAreAddedUp() {
    var scores = new EventScores(1);
    scores.add(new double[] {1, 0, 0}, List.of(new Interval(0, 1)), 0);
    scores.add(new double[] {1, 0, 1}, List.of(), 0);
    assertThat(scores.eventRecall()).isEqualTo(1);
    assertThat(scores.eventPrecision()).isCloseTo(1.0 / 3, within(EXACT));
    assertThat(scores.stepRecall()).isEqualTo(0.5);
  }

  @Test
  void stepsBeforeTheFirstThatCountsAreLeftOut() {
    var scores = new EventScores(1);
    scores.add(new double[] {1, 1, 0, 1, 0}, List.of(new Interval(0, 1), new Interval(3, 4)), 2);
    assertThat(scores.eventRecall()).isEqualTo(1);
    assertThat(scores.eventPrecision()).isEqualTo(1);
    assertThat(scores.stepRecall()).isEqualTo(0.5);
  }

  @Test
  void nothingFlaggedAndNothingLabelledIsZero() {
    var scores = new EventScores(1);
    scores.add(new double[4], List.of(), 0);
    assertThat(scores.eventF1()).isZero();
    assertThat(scores.stepPrecision()).isZero();
    assertThat(scores.precisionRecallArea()).isZero();
  }
}
