package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.NetworkSpec.HeadSpec;
import org.rondo.testkit.GradientCheck;
import org.rondo.testkit.Seeds;

/** What every {@link Head} that is found must hold. */
class HeadContractTest {
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUTS = 6;
  private static final int OUTPUTS = 9;

  static Stream<String> everyHead() {
    return OpenSet.members(Head.class).stream().map(Head::type);
  }

  @ParameterizedTest
  @MethodSource("everyHead")
  void gradientMatchesFiniteDifferences(String type) {
    var spec = new HeadSpec(type, OUTPUTS);
    ParameterLayout layout = NetworkParameters.layout(spec.head().parameters(INPUTS, spec));
    int[] targets = Seeds.numbers("targets", STEPS * BATCH, OUTPUTS);
    targets[5] = Minibatch.NO_TARGET;
    int count = targets.length - 1;
    try (var memory = new NativeMemory()) {
      var workspace =
          new Workspace(STEPS, BATCH, Kernels.best(), ElementType.FLOAT32, layout, memory);
      Seeds.fill(workspace.parameters().values(), "parameters", 0.5f);
      NativeBuffer values = memory.floats((long) STEPS * BATCH * INPUTS);
      Seeds.fill(values, "input", 1f);
      var input = new Signal(values, values, memory.floats(values.length()), INPUTS);
      Objective objective = spec.head().bind(workspace, input, spec);

      objective.lossAndGradient(targets, count);

      assertThat(error(workspace, objective, targets, input.values(), input.gradient()))
          .as("input, seed %d", Seeds.SEED)
          .isLessThan(1e-3);
      for (ParameterLayout.Slice slice : layout.slices()) {
        NativeBuffer parameter = workspace.parameter(slice.name());
        NativeBuffer gradient = workspace.gradient(slice.name());
        assertThat(error(workspace, objective, targets, parameter, gradient))
            .as("%s, seed %d", slice.name(), Seeds.SEED)
            .isLessThan(1e-3);
      }
    }
  }

  private static double error(
      Workspace workspace,
      Objective objective,
      int[] targets,
      NativeBuffer values,
      NativeBuffer gradient) {
    var sums = new double[BATCH];
    return GradientCheck.maxRelativeError(
        () -> {
          workspace.parametersChanged();
          Arrays.fill(sums, 0);
          objective.loss(targets, sums);
          return (sums[0] + sums[1] + sums[2]) / (targets.length - 1);
        },
        values,
        gradient,
        1e-2f,
        1);
  }

  @ParameterizedTest(name = "{0} rows of {1} classes: blocks of {2}")
  @CsvSource({
    "2500, 65, 2500",
    "700, 10000, 700",
    "1400, 10000, 700",
    "261, 40000, 131",
    "100, 2000000, 100",
  })
  void softmaxWorksInEvenBlocksOfRows(int rows, int classes, int expected) {
    assertThat(SoftmaxObjective.blockRows(rows, classes)).isEqualTo(expected);
  }
}
