package org.rondo.driver.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CurveTest {
  @Test
  void aShortCurveIsKeptAsItIs() {
    var curve = new Curve();
    curve.add(1, 5);
    curve.add(2, 4);

    assertThat(curve.points()).containsExactly(new CurvePoint(1, 5), new CurvePoint(2, 4));
  }

  @Test
  void aLongCurveIsThinnedToMeansAndLosesNothingOfThem() {
    var curve = new Curve();
    int rounds = 5003;
    for (int round = 1; round <= rounds; round++) {
      curve.add(round, 2.0 * round);
    }

    List<CurvePoint> points = curve.points();
    assertThat(points).hasSizeBetween(Curve.MOST_POINTS / 2, Curve.MOST_POINTS);
    assertThat(points).allMatch(p -> Math.abs(p.value() - 2 * p.round()) < 1e-9);
    // 16 rounds per point: the first is the mean of 1 to 16, the last one of what is left.
    assertThat(points.get(0).round()).isCloseTo(8.5, within(1e-9));
    assertThat(points.get(points.size() - 1).round()).isCloseTo(4998, within(8.0));
  }

  @Test
  void whatIsNoNumberLeavesAGap() {
    var curve = new Curve();
    curve.add(1, Double.NaN);
    curve.add(2, Double.POSITIVE_INFINITY);

    assertThat(curve.points()).isEmpty();
  }
}
