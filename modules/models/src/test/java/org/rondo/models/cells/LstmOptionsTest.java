package org.rondo.models.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.Options;
import org.rondo.models.parameters.ParameterSpec;

class LstmOptionsTest {
  private static final int UNITS = 4;

  @ParameterizedTest
  @CsvSource({
    "peepholes, yes, 'options.peepholes = yes: must be one of [false, true]'",
    "layer_norm, 1, 'options.layer_norm = 1: must be one of [false, true]'",
    "projection, -1, 'options.projection = -1: must be a whole number >= 0'",
    "projection, 4, 'options.projection = 4: must be less than the cell''s 4 units, or 0 for none'",
  })
  void impossibleValuesAreRefusedByName(String option, String value, String message) {
    CellSpec spec = spec(Map.of(option, value));
    assertThatThrownBy(() -> spec.cell().parameters(spec)).hasMessage(message);
  }

  @Test
  void optionsThatAreOffAreNone() {
    CellSpec spec = spec(Map.of("peepholes", "false", "layer_norm", "false", "projection", "0"));
    assertThat(LstmOptions.of(spec).none()).isTrue();
    assertThat(shapes(spec)).isEqualTo(shapes(spec(Map.of())));
  }

  @Test
  void parametersFollowFromTheOptions() {
    CellSpec spec = spec(Map.of("peepholes", "true", "layer_norm", "true", "projection", "3"));
    assertThat(shapes(spec))
        .containsExactly(
            "recurrent_weight [3, 16]",
            "bias [16]",
            "peephole [12]",
            "input_gain [16]",
            "recurrent_gain [16]",
            "cell_gain [4]",
            "cell_bias [4]",
            "projection_weight [4, 3]");
    assertThat(spec.cell().stateWidths(spec)).containsExactly(3, 4);
    assertThat(spec.outputWidth()).isEqualTo(3);
  }

  @Test
  void gainsStartAtOneAndPeepholesAtZero() {
    CellSpec spec = spec(Map.of("peepholes", "true", "layer_norm", "true"));
    assertThat(initial(spec, "input_gain")).containsOnly(1f);
    assertThat(initial(spec, "recurrent_gain")).containsOnly(1f);
    assertThat(initial(spec, "cell_gain")).containsOnly(1f);
    assertThat(initial(spec, "cell_bias")).containsOnly(0f);
    assertThat(initial(spec, "peephole")).containsOnly(0f);
  }

  @Test
  void projectedRecurrenceStartsWithTheFirstRowsOfTheOrthogonalOne() {
    float[] whole = initial(spec(Map.of()), "recurrent_weight");
    float[] projected = initial(spec(Map.of("projection", "3")), "recurrent_weight");
    assertThat(projected).isEqualTo(Arrays.copyOf(whole, 3 * 4 * UNITS));
  }

  private static CellSpec spec(Map<String, String> options) {
    return new CellSpec("lstm", UNITS, new Options(options));
  }

  private static List<String> shapes(CellSpec spec) {
    return spec.cell().parameters(spec).stream().map(p -> p.name() + " " + p.shape()).toList();
  }

  private static float[] initial(CellSpec spec, String name) {
    for (ParameterSpec parameter : spec.cell().parameters(spec)) {
      if (parameter.name().equals(name)) {
        var values = new float[parameter.shape().stream().reduce(1, (a, b) -> a * b)];
        parameter.initializer().fill(values, CounterRandom.of(3));
        return values;
      }
    }
    throw new AssertionError("no parameter " + name);
  }
}
