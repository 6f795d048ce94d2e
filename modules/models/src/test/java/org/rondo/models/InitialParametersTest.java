package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.parameters.ParameterLayout;

class InitialParametersTest {
  private static final int UNITS = 40;
  private static final NetworkSpec SPEC = RecurrentStack.languageModel(30, "lstm", 2, UNITS, 0.5);

  private static float[] slice(float[] values, String name) {
    ParameterLayout.Slice slice = Network.layout(SPEC).slice(name);
    return Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length());
  }

  @Test
  void layoutNamesEveryParameterInTheOrderOfTheNetwork() {
    assertThat(Network.layout(SPEC).slices().stream().map(s -> s.name() + s.shape()))
        .containsExactly(
            "embedding.weight[30, 40]",
            "recurrent.0.input_weight[40, 160]",
            "recurrent.0.recurrent_weight[40, 160]",
            "recurrent.0.bias[160]",
            "recurrent.1.input_weight[40, 160]",
            "recurrent.1.recurrent_weight[40, 160]",
            "recurrent.1.bias[160]",
            "head.weight[40, 30]",
            "head.bias[30]");
  }

  @Test
  void sameSeedGivesTheSameBitsAndLayersDiffer() {
    float[] values = Network.initialParameters(SPEC, 3);
    assertThat(Network.initialParameters(SPEC, 3)).isEqualTo(values);
    assertThat(Network.initialParameters(SPEC, 4)).isNotEqualTo(values);
    assertThat(slice(values, "recurrent.0.recurrent_weight"))
        .isNotEqualTo(slice(values, "recurrent.1.recurrent_weight"));
  }

  @Test
  void valuesOfALayerDoNotDependOnTheLayersAroundIt() {
    NetworkSpec shallow = RecurrentStack.languageModel(30, "lstm", 1, UNITS, 0);
    ParameterLayout.Slice slice = Network.layout(shallow).slice("recurrent.0.recurrent_weight");
    float[] values = Network.initialParameters(shallow, 3);
    assertThat(Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length()))
        .isEqualTo(slice(Network.initialParameters(SPEC, 3), "recurrent.0.recurrent_weight"));
  }

  @Test
  void recurrentWeightsOfEachGateAreOrthogonal() {
    float[] u = slice(Network.initialParameters(SPEC, 3), "recurrent.0.recurrent_weight");
    for (int gate = 0; gate < 4; gate++) {
      for (int a = 0; a < UNITS; a++) {
        for (int b = 0; b < UNITS; b++) {
          double product = 0;
          for (int row = 0; row < UNITS; row++) {
            int at = row * 4 * UNITS + gate * UNITS;
            product += u[at + a] * u[at + b];
          }
          // 40 products of values rounded to float32.
          assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-6));
        }
      }
    }
  }

  @Test
  void gatesStartDifferent() {
    float[] u = slice(Network.initialParameters(SPEC, 3), "recurrent.0.recurrent_weight");
    assertThat(u[0]).isNotEqualTo(u[UNITS]);
  }

  @Test
  void onlyTheForgetGateHasABias() {
    float[] bias = slice(Network.initialParameters(SPEC, 3), "recurrent.1.bias");
    for (int i = 0; i < bias.length; i++) {
      assertThat(bias[i]).isEqualTo(i / UNITS == 1 ? 1f : 0f);
    }
    assertThat(slice(Network.initialParameters(SPEC, 3), "head.bias")).containsOnly(0f);
  }

  @Test
  void inputWeightsFillGlorotsIntervalForOneGate() {
    float[] w = slice(Network.initialParameters(SPEC, 3), "recurrent.0.input_weight");
    double limit = Math.sqrt(6.0 / (UNITS + UNITS));
    double largest = 0;
    double sum = 0;
    for (float value : w) {
      largest = Math.max(largest, Math.abs(value));
      sum += value;
    }
    assertThat(largest).isBetween(0.99 * limit, limit);
    // The mean of 6,400 values has a standard deviation of limit / sqrt(3 * 6400); four of them.
    assertThat(sum / w.length).isCloseTo(0, within(4 * limit / Math.sqrt(3 * 6400)));
  }
}
