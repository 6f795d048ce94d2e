package org.rondo.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AveragingTest {
  @Test
  void oneShardGetsItsOwnBits() {
    float[] values = {0.1f, -3e-42f, 1e38f, Float.MIN_VALUE, 0f, -0f};

    assertThat(Averaging.mean(List.of(values))).isEqualTo(values);
  }

  @Test
  void meanIsTheRoundedMeanOfExactSums() {
    float[] a = {1f, 16_777_216f, 0.1f};
    float[] b = {2f, 1f, 0.2f};
    float[] c = {4f, 1f, 0.7f};

    // In float32, 2^24 + 1 + 1 would be 2^24.
    assertThat(Averaging.mean(List.of(a, b, c)))
        .containsExactly(
            (float) (7 / 3.0),
            (float) (16_777_218 / 3.0),
            (float) (((double) 0.1f + 0.2f + 0.7f) / 3));
  }

  @Test
  void vectorsOfDifferentLengthsAreRefused() {
    assertThatThrownBy(() -> Averaging.mean(List.of(new float[2], new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean: vectors of 2 and 3 values");
  }
}
