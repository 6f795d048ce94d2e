package org.rondo.models.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.models.CellVariants;
import org.rondo.models.Layer;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterSpec;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.GradientCheck;
import org.rondo.testkit.Seeds;

/** What every {@link Cell} in {@link CellVariants} must hold, in the layer that it runs in. */
public class CellContractTest {
  /** Float32 losses leave a few 1e-4 of a slope; a wrong term shows as more than 1e-1. */
  private static final double TOLERANCE = 1e-3;

  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUTS = 5;
  private static final int UNITS = 7;

  static List<CellSpec> everyCell() {
    return CellVariants.of(UNITS);
  }

  @Test
  void cellsAreFound() {
    assertThat(everyCell()).extracting(CellSpec::name).contains("gru", "lstm", "vanilla");
  }

  @Test
  void everyOptionOfEveryCellIsInSomeVariant() {
    for (Cell cell : Cell.ALL.members().values()) {
      assertThat(
              everyCell().stream()
                  .filter(spec -> spec.name().equals(cell.name()))
                  .flatMap(spec -> spec.options().values().keySet().stream()))
          .as("options of %s, to be listed in CellVariants", cell.name())
          .containsAll(cell.options());
    }
  }

  @ParameterizedTest
  @MethodSource("everyCell")
  void gradientMatchesFiniteDifferences(CellSpec cell) {
    try (var bench = new Bench(cell)) {
      bench.backward();
      assertThat(bench.error(bench.input.values(), bench.input.gradient()))
          .as("input, seed %d", Seeds.SEED)
          .isLessThan(TOLERANCE);
      for (ParameterLayout.Slice slice : bench.workspace.parameters().layout().slices()) {
        assertThat(
                bench.error(
                    bench.workspace.parameter(slice.name()),
                    bench.workspace.gradient(slice.name())))
            .as("%s, seed %d", slice.name(), Seeds.SEED)
            .isLessThan(TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyCell")
  void stateAfterTheLastStepIsWhereTheNextMinibatchBegins(CellSpec cell) {
    try (var bench = new Bench(cell)) {
      bench.layer.forward();
      var state = new float[bench.stateLength() + 2];
      bench.layer.storeState(state, 1);
      assertThat(state[0]).isZero();
      assertThat(state[state.length - 1]).isZero();

      float[] first = bench.layer.output().values().toArray();
      int size = BATCH * cell.outputWidth();
      float[] lastOutput = Arrays.copyOfRange(first, (STEPS - 1) * size, first.length);
      assertThat(Arrays.copyOfRange(state, 1, 1 + size)).isEqualTo(lastOutput);

      bench.layer.forward();
      assertThat(bench.layer.output().values().toArray())
          .as("forward alone leaves the state before the first step")
          .isEqualTo(first);
      bench.layer.loadState(state, 1);
      bench.layer.forward();
      assertThat(bench.layer.output().values().toArray()).isNotEqualTo(first);
    }
  }

  /** One layer with a random input and a loss that weighs every output differently. */
  private static final class Bench implements AutoCloseable {
    private final NativeMemory memory = new NativeMemory();
    final Workspace workspace;
    final Signal input;
    final Layer layer;
    private final float[] weights;

    Bench(CellSpec cell) {
      List<ParameterSpec> parameters = new Recurrent(cell).parameters(INPUTS);
      workspace =
          new Workspace(
              STEPS,
              BATCH,
              Kernels.best(),
              ElementType.FLOAT32,
              ParameterLayout.of(parameters),
              memory);
      boolean rectified = cell.options().values().containsValue("relu");
      Seeds.fill(workspace.parameters().values(), "parameters", rectified ? 0.2f : 0.5f);
      if (rectified) {
        keepUnitsOnOrOff(workspace.parameter("bias"));
      }
      NativeBuffer values = memory.floats((long) STEPS * BATCH * INPUTS);
      Seeds.fill(values, "input", 1f);
      input = new Signal(values, values, memory.floats(values.length()), INPUTS);
      layer = new Recurrent(cell).bind(workspace, input);
      layer.loadState(Seeds.uniform("state", stateLength(), 0.5f), 0);
      weights = Seeds.uniform("weights", layer.output().values().length(), 1f);
    }

    int stateLength() {
      return BATCH * layer.stateWidths().stream().mapToInt(w -> w).sum();
    }

    /** The slope of a rectifier jumps where its unit goes on: no finite difference may cross it. */
    private static void keepUnitsOnOrOff(NativeBuffer bias) {
      for (int unit = 0; unit < bias.length(); unit++) {
        bias.set(unit, unit % 2 == 0 ? 2f : -2f);
      }
    }

    double loss() {
      workspace.parametersChanged();
      layer.forward();
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * layer.output().values().get(i);
      }
      return sum;
    }

    void backward() {
      loss();
      layer.output().gradient().write(0, weights, 0, weights.length);
      layer.backward();
    }

    double error(NativeBuffer values, NativeBuffer gradient) {
      return GradientCheck.maxRelativeError(this::loss, values, gradient, 3e-2f, 1);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
