package org.rondo.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Predictions;

class ClassMetricsTest {
  /**
   * Ten predictions of four classes; class d occurs nowhere.
   *
   * <pre>
   *   target     a a a a b b b c c c
   *   predicted  a a b c b b a b b a
   *
   *         targets  predicted  right  F1 = 2 right / (targets + predicted)
   *      a        4          4      2  4/8
   *      b        3          5      2  4/8
   *      c        3          1      0  0
   * </pre>
   */
  private static final Predictions TEN =
      Sample.classes(
          new int[] {0, 0, 0, 0, 1, 1, 1, 2, 2, 2, -1},
          new int[] {0, 0, 1, 2, 1, 1, 0, 1, 1, 0, 3});

  private static final List<String> LABELS = List.of("a", "b", "c", "d");

  @Test
  void accuracyIsTheShareOfRightClasses() {
    assertThat(Sample.value(new Accuracy(), TEN)).isEqualTo(0.4);
  }

  @Test
  void macroF1IsTheMeanOverTheClassesThatOccur() {
    assertThat(Sample.value(new MacroF1(LABELS), TEN)).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(new MacroF1(LABELS).details(Sample.sums(new MacroF1(LABELS), TEN)))
        .containsExactly(entry("f1 a", 0.5), entry("f1 b", 0.5), entry("f1 c", 0.0));
  }

  @Test
  void weightedF1CountsClassesByTheirTargets() {
    // (4 * 0.5 + 3 * 0.5 + 3 * 0) / 10
    assertThat(Sample.value(new WeightedF1(4), TEN)).isCloseTo(0.35, within(1e-15));
  }

  @Test
  void theConfusionMatrixCountsPairs() {
    var matrix = new ConfusionMatrix(LABELS);
    assertThat(Sample.value(matrix, TEN)).isEqualTo(0.6);
    assertThat(matrix.details(Sample.sums(matrix, TEN)))
        .containsExactly(
            entry("a as a", 2.0),
            entry("a as b", 1.0),
            entry("a as c", 1.0),
            entry("b as a", 1.0),
            entry("b as b", 2.0),
            entry("c as a", 1.0),
            entry("c as b", 2.0));
  }

  @Test
  void tokenAccuracyKnowsWholeSequences() {
    var metric = new TokenAccuracy();
    double[] sums =
        Sample.sums(
            metric,
            Sample.classes(new int[] {1, 2, -1}, new int[] {1, 2, 0}), // right
            Sample.classes(new int[] {1, 2, 0}, new int[] {1, 2, 2}), // a wrong one of three
            Sample.classes(new int[] {-1}, new int[] {0})); // counts nothing
    assertThat(metric.value(sums)).isEqualTo(0.8);
    assertThat(metric.details(sums)).containsExactly(entry("sequence-accuracy", 0.5));
  }

  @Test
  void logLossIsTheMeanOfNats() {
    // Probabilities of the right class: e^2 / (e^2 + 1 + 1), and 1/3 of equal scores.
    double first = Math.log((Math.exp(2) + 2) / Math.exp(2));
    assertThat(
            Sample.value(
                new LogLoss(), Sample.scored(1, 0, 2, 0), Sample.scored(2, 1e4f, 1e4f, 1e4f)))
        .isCloseTo((first + Math.log(3)) / 2, within(1e-12));
  }

  @Test
  void nothingIsSaidOfNoTarget() {
    Predictions nothing = Sample.classes(new int[] {-1}, new int[] {0});
    for (var metric :
        List.of(
            new Accuracy(),
            new TokenAccuracy(),
            new MacroF1(LABELS),
            new WeightedF1(4),
            new ConfusionMatrix(LABELS),
            new LogLoss(),
            new AreaUnderCurve(2),
            new ChunkF1(List.of("O", "B-X")),
            new MultiLabelF1(LABELS, true),
            new MultiLabelF1(LABELS, false),
            new ExactMatch())) {
      assertThat(Sample.value(metric, nothing)).as(metric.name()).isNaN();
    }
  }

  /**
   * Four sequences with labels of a, b, c; a positive score predicts one.
   *
   * <pre>
   *   target     ab   b    -    c
   *   predicted  a    b    c    c
   *
   *         targets  predicted  right
   *      a        1          1      1  F1 1
   *      b        2          1      1  F1 2/3
   *      c        1          2      1  F1 2/3
   *    all        4          4      3  F1 6/8
   * </pre>
   */
  private static final Predictions[] LABELLED = {
    Sample.labels(new float[] {1, 1, 0}, new float[] {3, -1, -2}),
    Sample.labels(new float[] {0, 1, 0}, new float[] {0, 0.1f, -2}),
    Sample.labels(new float[] {0, 0, 0}, new float[] {-1, -1, 1}),
    Sample.labels(new float[] {0, 0, 1}, new float[] {-1, -1, 1}),
  };

  @Test
  void severalLabelsHaveAnF1OfTheirCountsAndAMeanF1() {
    var labels = List.of("a", "b", "c");
    assertThat(Sample.value(new MultiLabelF1(labels, true), LABELLED)).isEqualTo(0.75);
    assertThat(Sample.value(new MultiLabelF1(labels, false), LABELLED))
        .isCloseTo((1 + 2.0 / 3 + 2.0 / 3) / 3, within(1e-15));
  }

  @Test
  void anExactMatchHasNoLabelTooManyOrTooFew() {
    assertThat(Sample.value(new ExactMatch(), LABELLED)).isEqualTo(0.5);
  }
}
