package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final int COUNT = 100_000;
  private final CounterRandom random = CounterRandom.of(42).derive("test").derive(3);

  @Test
  void numbersDependOnKeyAndCounterAlone() {
    CounterRandom again = CounterRandom.of(42).derive("test").derive(3);
    for (int i = 0; i < 100; i++) {
      assertThat(again.bits(i)).isEqualTo(random.bits(i));
    }
    assertThat(random.bits(1)).isNotEqualTo(random.bits(2));
    assertThat(random.derive(1).bits(1)).isNotEqualTo(random.derive(2).bits(1));
    assertThat(random.derive("a").bits(1)).isNotEqualTo(random.derive("b").bits(1));
  }

  @Test
  void theSequenceNeverChangesBetweenVersions() {
    assertThat(CounterRandom.of(0).bits(0)).isEqualTo(0xA706DD2F4D197E6FL);
  }

  @Test
  void uniformNumbersHaveTheirMeanAndVariance() {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < COUNT; i++) {
      double u = random.uniform(i);
      assertThat(u).isBetween(0.0, Math.nextDown(1.0));
      sum += u;
      squares += (u - 0.5) * (u - 0.5);
    }
    // Six standard errors: 6 * sqrt(1/12 / n) and 6 * sqrt(1/180 / n).
    assertThat(sum / COUNT).isCloseTo(0.5, within(0.0055));
    assertThat(squares / COUNT).isCloseTo(1.0 / 12, within(0.0015));
  }

  @Test
  void normalNumbersHaveTheirMeanAndVariance() {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < COUNT; i++) {
      double g = random.gaussian(i);
      sum += g;
      squares += g * g;
    }
    // Six standard errors: 6 / sqrt(n) and 6 * sqrt(2/n).
    assertThat(sum / COUNT).isCloseTo(0, within(0.019));
    assertThat(squares / COUNT).isCloseTo(1, within(0.027));
  }
}
