package org.rondo.bench.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.anomalies.NormalTail;

class WindowedGaussianTest {
  /** The first scores that NAB publishes for Twitter_volume_AAPL: 0, 1 and 0.933192798731. */
  @Test
  void beginsAsNabPublishes() {
    double[] scores = new WindowedGaussian().scores(new double[] {104, 100, 99, 154});
    assertThat(scores[0]).isZero();
    assertThat(scores[1]).isEqualTo(1);
    assertThat(scores[2]).isCloseTo(0.933192798731, within(1e-12));
  }

  /** Growing up to 6400 steps, then 100 steps at once. */
  @Test
  void windowGrowsAndThenMoves() {
    double[] values = new Random(1).doubles(6750).toArray();
    double[] scores = new WindowedGaussian().scores(values);
    for (int step : new int[] {10, 5000, 6399, 6400, 6450, 6499, 6500, 6599, 6600, 6749}) {
      int end = step <= 6400 ? step : step / 100 * 100;
      double[] window = Arrays.copyOfRange(values, Math.max(0, end - 6400), end);
      double mean = Arrays.stream(window).average().orElseThrow();
      double variance =
          Arrays.stream(window).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      double z = Math.abs(values[step] - mean) / Math.sqrt(variance);
      assertThat(scores[step]).as("step %d", step).isCloseTo(1 - NormalTail.q(z), within(1e-11));
    }
  }
}
