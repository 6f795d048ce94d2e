package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingMomentsTest {
  /**
   * Beside a large offset, and behind an outlier, whose squares would hide a naive sum's digits.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void agreeWithThoseOfTheWindow(int length) {
    var random = new Random(11);
    double[] values = random.doubles(500).map(u -> 1e6 + u).toArray();
    values[200] = 1e12;
    var moments = new MovingMoments(length);
    for (int t = 0; t < values.length; t++) {
      moments.push(values[t]);
      double[] window = Arrays.copyOfRange(values, Math.max(0, t + 1 - length), t + 1);
      double mean = Arrays.stream(window).average().orElseThrow();
      double squares = Arrays.stream(window).map(v -> (v - mean) * (v - mean)).sum();
      assertThat(moments.count()).isEqualTo(window.length);
      assertThat(moments.mean()).isCloseTo(mean, within(1e-12 * mean));
      assertThat(moments.squaredDeviations()).isCloseTo(squares, within(1e-6 * squares));
    }
  }
}
