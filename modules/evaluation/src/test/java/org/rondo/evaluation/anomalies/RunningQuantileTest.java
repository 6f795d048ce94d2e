package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningQuantileTest {
  /** Against the sorted window, with many equal values, read from memory at every step. */
  @Test
  void itIsThatOfTheLastValues() {
    var random = new Random(2);
    var values = new double[200];
    var memory = new double[RunningQuantile.memory(30)];
    for (int t = 0; t < values.length; t++) {
      values[t] = random.nextInt(20) / 4.0;
      var quantile = new RunningQuantile(30, 0.9);
      quantile.read(memory, 0);
      quantile.push(values[t]);
      quantile.write(memory, 0);
      double[] window = Arrays.copyOfRange(values, Math.max(0, t - 29), t + 1);
      Arrays.sort(window);
      double place = 0.9 * (window.length - 1);
      int below = (int) place;
      double above = window[Math.min(below + 1, window.length - 1)];
      assertThat(quantile.value())
          .isEqualTo(window[below] + (place - below) * (above - window[below]));
    }
    assertThat(new RunningQuantile(3, 0.5).value()).isNaN();
  }
}
