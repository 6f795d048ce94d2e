package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.ValueException;

class AnomalyLikelihoodTest {
  /**
   * History 0 0 0 4, mean 1, sample variance (1 + 1 + 1 + 9) / 3 = 4; recent 0 4, mean 2: L = 1 -
   * Q((2 - 1) / 2) = 0.69146, by tables of the normal distribution.
   */
  @Test
  void agreesWithAnExampleByHand() {
    var likelihood = new AnomalyLikelihood(4, 2, 0, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(likelihood.next(0)).isEqualTo(0.5);
    }
    assertThat(likelihood.next(4)).isCloseTo(0.69146, within(5e-6));
    // History 0 0 4 4, variance 16 / 3, mean 2; recent 4 4.
    assertThat(likelihood.next(4)).isCloseTo(0.80676, within(5e-6)); // 2 / sqrt(16/3) = 0.86603
  }

  @Test
  void agreesWithTheEquationsOverTheWholePast() {
    var random = new Random(3);
    double[] raw = random.doubles(400).map(u -> u * u * 10).toArray();
    var likelihood = new AnomalyLikelihood(50, 7, 20, 60);
    for (int t = 0; t < raw.length; t++) {
      double actual = likelihood.next(raw[t]);
      if (t < 60) {
        assertThat(actual).isEqualTo(0.5);
        continue;
      }
      double[] history = Arrays.copyOfRange(raw, Math.max(20, t - 49), t + 1);
      double mean = Arrays.stream(history).average().orElseThrow();
      double squares = Arrays.stream(history).map(s -> Math.pow(s - mean, 2)).sum();
      double recent = Arrays.stream(raw, t - 6, t + 1).average().orElseThrow();
      double z = (recent - mean) / Math.sqrt(squares / (history.length - 1));
      assertThat(actual).isCloseTo(1 - NormalTail.q(z), within(1e-10));
    }
  }

  @Test
  void equalScoresAreNeverAnomalousEvenBehindAnOutlier() {
    var likelihood = new AnomalyLikelihood(5, 2, 0, 0);
    likelihood.next(1e9);
    for (int i = 0; i < 4; i++) {
      likelihood.next(0.1);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(likelihood.next(0.1)).isEqualTo(0.5);
    }
  }

  @Test
  void whatWasWrittenGoesOnBitForBit() {
    var random = new Random(3);
    var whole = new AnomalyLikelihood(40, 5, 10, 20);
    var memory = new double[AnomalyLikelihood.memory(40, 5)];
    for (int t = 0; t < 200; t++) {
      double raw = random.nextDouble();
      var part = new AnomalyLikelihood(40, 5, 10, 20);
      part.read(memory, 0);
      assertThat(part.next(raw)).isEqualTo(whole.next(raw));
      part.write(memory, 0);
    }
  }

  @Test
  void lengthsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new AnomalyLikelihood(10, 10, 0, 0))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("recent = 10");
    assertThatThrownBy(() -> new AnomalyLikelihood(10, 2, 6, 5))
        .hasMessageContaining("probationary = 5");
  }
}
