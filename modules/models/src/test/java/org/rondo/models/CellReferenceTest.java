package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.Bfloat16;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.Parameters;

/** Networks of every cell in {@link CellVariants} against double precision. */
class CellReferenceTest {
  private static final CounterRandom RANDOM = CounterRandom.of(17);

  /** Float32 sums of at most a few hundred terms: errors of some 1e-6; ten times that is left. */
  private static final double TOLERANCE = 1e-4;

  /** A stack of such cells over T steps of B sequences. */
  record Stack(CellSpec cell, int layers, int steps, int batch) {
    NetworkSpec spec() {
      return RecurrentStack.languageModel(20, cell, layers, 0);
    }
  }

  static Stream<Stack> stacks() {
    return Stream.of(
            stacks(5, 1, 1, 1), stacks(16, 1, 4, 1), stacks(17, 1, 1, 3), stacks(33, 2, 6, 4))
        .flatMap(List::stream);
  }

  private static List<Stack> stacks(int units, int layers, int steps, int batch) {
    return CellVariants.of(units).stream()
        .map(cell -> new Stack(cell, layers, steps, batch))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void float32AgreesWithTheReference(Stack stack) {
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (var run = new Run(stack, kernels, ElementType.FLOAT32)) {
        ReferenceNetwork expected = run.expected;
        assertThat(run.loss.sum()).isCloseTo(expected.loss(), within(TOLERANCE * expected.loss()));
        run.assertAgree("state", run.state.values(), expected.state(), 0, expected.state().length);
        float[] gradient = run.network.gradient().values().toArray();
        for (ParameterLayout.Slice slice : run.network.parameters().layout().slices()) {
          run.assertAgree(
              slice.name(), gradient, expected.gradient(), slice.offset(), slice.length());
        }
      }
    }
  }

  /**
   * What rounding the inputs of products to 8 bits changes, and no more: a few parts in 2^8, or
   * some times what rounding the parameters alone changes in double precision, where that is more.
   * It is where a rectified unit goes on or off, and where little is left to be normalized.
   */
  @ParameterizedTest
  @MethodSource("stacks")
  void bfloat16StaysNearTheReference(Stack stack) {
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (var run = new Run(stack, kernels, ElementType.BFLOAT16)) {
        double[] expected = run.expected.gradient();
        float[] rounded = floats(run.expected(rounded(run.network.parameters())).gradient());
        double sensitivity = Samples.relativeError(rounded, expected, 0, expected.length);
        float[] gradient = run.network.gradient().values().toArray();
        assertThat(Samples.relativeError(gradient, expected, 0, expected.length))
            .as("gradient by %s", kernels)
            .isBetween(1e-4, 4 * Math.max(7e-3, sensitivity));
      }
    }
  }

  private static double[] rounded(Parameters parameters) {
    float[] values = parameters.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Bfloat16.widen(Bfloat16.round(values[i]));
    }
    return Samples.doubles(values);
  }

  private static float[] floats(double[] values) {
    var copy = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = (float) values[i];
    }
    return copy;
  }

  /** One training step, and what is expected of it. */
  private static final class Run implements AutoCloseable {
    final Network network;
    final HiddenState state;
    final Loss loss;
    final ReferenceNetwork expected;
    private final NetworkSpec spec;
    private final Minibatch minibatch;
    private final float[] before;
    private final String kernels;

    Run(Stack stack, String kernels, ElementType precision) {
      this.kernels = kernels;
      spec = stack.spec();
      Kernels chosen = Kernels.choose(kernels, kernels);
      network = new Network(spec, chosen, precision, stack.steps(), stack.batch());
      network.parameters().set(Samples.parameters(spec, RANDOM));
      network.parametersChanged();
      state = network.newState();
      int length = state.values().length;
      before = Samples.floats(length, 0.5, RANDOM.derive("state"));
      System.arraycopy(before, 0, state.values(), 0, length);
      minibatch = Samples.minibatch(spec, stack.steps(), stack.batch(), RANDOM);
      expected = expected(Samples.doubles(network.parameters().toArray()));
      loss = network.lossAndGradient(minibatch, state, RANDOM);
    }

    ReferenceNetwork expected(double[] parameters) {
      return ReferenceNetwork.run(spec, parameters, minibatch, Samples.doubles(before), List.of());
    }

    void assertAgree(String what, float[] actual, double[] expected, int from, int length) {
      assertThat(Samples.relativeError(actual, expected, from, length))
          .as("%s by %s", what, kernels)
          .isLessThan(TOLERANCE);
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
