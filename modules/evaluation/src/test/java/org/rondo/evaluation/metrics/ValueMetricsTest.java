package org.rondo.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Predictions;

class ValueMetricsTest {
  /**
   * Two values at four steps, of which the third has no target.
   *
   * <pre>
   *   target      1 10    2 10   - -   6 10
   *   predicted   2 10    2 12   9 9   4 11
   *   error       1  0    0  2        -2  1
   * </pre>
   */
  private static final Predictions STEPS =
      new Predictions(
          new int[] {0, 0, -1, 0},
          new int[0],
          2,
          new float[] {2, 10, 2, 12, 9, 9, 4, 11},
          new float[] {1, 10, 2, 10, 0, 0, 6, 10});

  private static final List<Double> UNITS = List.of(1.0, 3.0);
  private static final Predictions NONE =
      new Predictions(new int[] {-1}, new int[0], 2, new float[2], new float[2]);

  @Test
  void rmseIsTheMeanOfTheRootsInTheUnitsOfTheData() {
    // sqrt((1 + 0 + 4) / 3) and 3 sqrt((0 + 4 + 1) / 3)
    double first = Math.sqrt(5.0 / 3);
    var rmse = new Rmse(UNITS);
    assertThat(Sample.value(rmse, STEPS)).isCloseTo(2 * first, within(1e-14));
    assertThat(rmse.details(Sample.sums(rmse, STEPS)).get("rmse of value 2"))
        .isCloseTo(3 * first, within(1e-14));
    assertThat(rmse.higherIsBetter()).isFalse();
  }

  @Test
  void maeIsTheMeanOfAbsoluteErrors() {
    // (1 + 0 + 2) / 3 and 3 (0 + 2 + 1) / 3
    var mae = new Mae(UNITS);
    assertThat(Sample.value(mae, STEPS)).isEqualTo(2);
    assertThat(mae.details(Sample.sums(mae, STEPS)))
        .containsExactly(entry("mae of value 1", 1.0), entry("mae of value 2", 3.0));
    assertThat(mae.higherIsBetter()).isFalse();
  }

  @Test
  void r2ComparesWithTheMeanAndLeavesOutConstantTargets() {
    // Of 1 2 6 with the mean 3: 1 - 5 / (4 + 1 + 9).
    var r2 = new R2(2);
    assertThat(Sample.value(r2, STEPS)).isCloseTo(9.0 / 14, within(1e-14));
    assertThat(r2.details(Sample.sums(r2, STEPS)).get("r2 of value 2")).isNaN();
    assertThat(r2.higherIsBetter()).isTrue();
  }

  /**
   * Of the steps of a sequence the targets are those of the next one: 1, 4, 2, a gap, 5, 5, and
   * repeating predicts the target before.
   */
  @Test
  void theErrorOfTheNextStepStandsBesideThatOfRepeatingTheLast() {
    var steps =
        new Predictions(
            new int[] {0, 0, 0, -1, 0, 0},
            new int[0],
            1,
            new float[] {9, 3, 4, 7, 9, 6},
            new float[] {1, 4, 2, 0, 5, 5});
    List<Double> units = List.of(2.0);
    var ratio = new NextStepMse(units, NextStepMse.Of.RATIO);

    // Counted are 3 for 4, 4 for 2 and 6 for 5, where repeating says 1, 4 and 5.
    assertThat(Sample.value(new NextStepMse(units, NextStepMse.Of.PREDICTIONS), steps))
        .isCloseTo(4 * 6 / 3.0, within(1e-14));
    assertThat(Sample.value(new NextStepMse(units, NextStepMse.Of.REPEATING), steps))
        .isCloseTo(4 * 13 / 3.0, within(1e-14));
    assertThat(Sample.value(ratio, steps)).isCloseTo(6 / 13.0, within(1e-14));
    assertThat(Sample.value(ratio, steps, steps)).isCloseTo(6 / 13.0, within(1e-14));
    var none = new Predictions(new int[] {-1}, new int[0], 1, new float[1], new float[1]);
    assertThat(Sample.value(ratio, none)).isNaN();
    assertThat(ratio.name()).isEqualTo("mse-over-repeating");
    assertThat(ratio.higherIsBetter()).isFalse();
  }

  @Test
  void sumsOfPartsAddUp() {
    assertThat(Sample.value(new Rmse(UNITS), STEPS, NONE, STEPS))
        .isCloseTo(Sample.value(new Rmse(UNITS), STEPS), within(1e-14));
    assertThat(Sample.value(new R2(2), STEPS, NONE, STEPS))
        .isCloseTo(Sample.value(new R2(2), STEPS), within(1e-14));
  }

  @Test
  void ofNoTargetNothingIsSaid() {
    assertThat(Sample.value(new Rmse(UNITS), NONE)).isNaN();
    assertThat(Sample.value(new Mae(UNITS), NONE)).isNaN();
    assertThat(Sample.value(new R2(2), NONE)).isNaN();
  }

  @Test
  void oneValueHasNoDetails() {
    var one = new Predictions(new int[] {0}, new int[0], 1, new float[] {3}, new float[] {1});
    var rmse = new Rmse(List.of(10.0));
    assertThat(Sample.value(rmse, one)).isEqualTo(20);
    assertThat(rmse.details(Sample.sums(rmse, one))).isEmpty();
  }
}
