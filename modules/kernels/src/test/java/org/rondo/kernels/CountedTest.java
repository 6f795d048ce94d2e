package org.rondo.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CountedTest {
  @Test
  void oneThingIsSingular() {
    assertThat(Counted.of(1, "training row")).isEqualTo("1 training row");
    assertThat(Counted.of(0, "training row")).isEqualTo("0 training rows");
    assertThat(Counted.of(2_000, "training row")).isEqualTo("2,000 training rows");
    assertThat(Counted.of(1, "minibatch", "minibatches")).isEqualTo("1 minibatch");
    assertThat(Counted.of(12, "minibatch", "minibatches")).isEqualTo("12 minibatches");
  }
}
