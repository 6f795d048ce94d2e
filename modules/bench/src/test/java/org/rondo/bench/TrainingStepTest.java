package org.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;

class TrainingStepTest {
  private static final Configuration TINY = new Configuration("tiny", "lstm", 11, 8, 3, 4);

  @Test
  void twoTasksAreMeasuredInTheSameWindows() throws Exception {
    var options = new Options(TINY, ElementType.FLOAT32, Options.Mode.TRAINING, 2, 3, 1e-3, 0);

    Figure figure = TrainingStep.measure(options);

    Rates windows = Rates.parse(figure.text("windows"));
    assertThat(windows.windows()).hasSize(3);
    assertThat(windows.least()).isPositive();
    assertThat(figure.text("configuration")).isEqualTo("tiny");
    assertThat(figure.text("tasks")).isEqualTo("2");
  }

  @ParameterizedTest
  @EnumSource(Options.Mode.class)
  void trainingChangesTheParametersAndInferenceDoesNot(Options.Mode mode) {
    try (var step = new Step(Options.of(TINY).with(mode), Kernels.best())) {
      float[] before = step.network().parameters().toArray();

      step.run();

      assertThat(Arrays.equals(step.network().parameters().toArray(), before))
          .isEqualTo(mode == Options.Mode.INFERENCE);
    }
  }
}
