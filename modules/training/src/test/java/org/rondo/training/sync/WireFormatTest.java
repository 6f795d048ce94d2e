package org.rondo.training.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;

class WireFormatTest {
  private static final int LENGTH = 1000;

  @Test
  void float32ChangesNothing() {
    float[] own = values(1, 1);

    assertThat(WireFormat.FLOAT32.rounded(own, values(2, 1), Exchange.PARAMETERS)).isSameAs(own);
    assertThat(WireFormat.FLOAT32.restored(own, values(2, 1), Exchange.PARAMETERS)).isSameAs(own);
  }

  /** Half a unit of 8 significant bits, and half a unit of float32 for the addition. */
  @Test
  void roundedDifferencesLeadToTheParametersButForOnePartIn256OfTheWay() {
    float[] common = values(1, 1);
    float[] way = values(2, 0.01);
    var own = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      own[i] = common[i] + way[i];
    }

    float[] rounded = WireFormat.BFLOAT16.rounded(own, common, Exchange.PARAMETERS);
    float[] back = WireFormat.BFLOAT16.restored(rounded, common, Exchange.PARAMETERS);

    for (int i = 0; i < LENGTH; i++) {
      double error = Math.abs(own[i] - common[i]) / 256.0 + Math.ulp(own[i]);
      assertThat((double) back[i]).as("element %d", i).isCloseTo(own[i], within(error));
    }
  }

  @Test
  void gradientsAreRoundedThemselves() {
    float[] gradient = {1 + 1f / 256, 1 + 3f / 256, -0f, 3e38f};

    float[] rounded = WireFormat.BFLOAT16.rounded(gradient, new float[4], Exchange.GRADIENTS);

    // Ties to even; 3e38 lies between two values that are 1/128 of a power of two apart.
    assertThat(rounded[0]).isEqualTo(1f);
    assertThat(rounded[1]).isEqualTo(1 + 4f / 256);
    assertThat(Float.floatToRawIntBits(rounded[2])).isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(rounded[3]).isBetween(2.99e38f, 3.01e38f);
    assertThat(WireFormat.BFLOAT16.restored(rounded, values(1, 1), Exchange.GRADIENTS))
        .isSameAs(rounded);
  }

  @Test
  void shardThatHandsInNothingStillDoes() {
    assertThat(WireFormat.BFLOAT16.rounded(new float[0], values(1, 1), Exchange.PARAMETERS))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"none, KEEP", "average, AVERAGE"})
  void whatMustNotBeRoundedIsRefused(String name, SlotPolicy slots) {
    assertThatThrownBy(() -> SyncPlan.of(name, 2).withSlots(slots).withWire(WireFormat.BFLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sync.wire = bfloat16")
        .hasMessageContaining("sync.name = " + name);
  }

  @Test
  void unknownWordIsRefused() {
    assertThatThrownBy(() -> WireFormat.named("int8"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sync.wire = int8: must be one of [float32, bfloat16]");
  }

  private static float[] values(int seed, double scale) {
    CounterRandom random = CounterRandom.of(seed);
    var values = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = (float) (scale * (random.uniform(i) - 0.5));
    }
    return values;
  }
}
