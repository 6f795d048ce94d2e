package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;

/** Networks of every cell in {@link CellVariants} against double precision. */
class CellReferenceTest {
  private static final CounterRandom RANDOM = CounterRandom.of(17);

  /** Float32 sums of at most a few hundred terms: errors of some 1e-6; ten times that is left. */
  private static final double TOLERANCE = 1e-4;

  /** A stack of such cells over T steps of B sequences. */
  record Stack(CellSpec cell, int layers, int steps, int batch) {
    NetworkSpec spec() {
      return NetworkSpec.languageModel(20, cell, layers, 0);
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
   * What rounding the inputs of products to 8 bits changes, and no more: a few parts in 2^8. Where
   * rounding switches a rectified unit on or off, its whole gradient comes or goes.
   */
  @ParameterizedTest
  @MethodSource("stacks")
  void bfloat16StaysNearTheReference(Stack stack) {
    boolean rectified = stack.cell().options().values().containsValue("relu");
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (var run = new Run(stack, kernels, ElementType.BFLOAT16)) {
        float[] gradient = run.network.gradient().values().toArray();
        double error = Samples.relativeError(gradient, run.expected.gradient(), 0, gradient.length);
        assertThat(error).as("gradient by %s", kernels).isBetween(1e-4, rectified ? 0.2 : 3e-2);
      }
    }
  }

  /** One training step, and what is expected of it. */
  private static final class Run implements AutoCloseable {
    final Network network;
    final HiddenState state;
    final Loss loss;
    final ReferenceNetwork expected;
    private final String kernels;

    Run(Stack stack, String kernels, ElementType precision) {
      this.kernels = kernels;
      NetworkSpec spec = stack.spec();
      Kernels chosen = Kernels.choose(kernels, kernels);
      network = new Network(spec, chosen, precision, stack.steps(), stack.batch());
      network.parameters().set(Samples.parameters(spec, RANDOM));
      network.parametersChanged();
      state = network.newState();
      int length = state.values().length;
      float[] before = Samples.floats(length, 0.5, RANDOM.derive("state"));
      System.arraycopy(before, 0, state.values(), 0, length);
      Minibatch minibatch = Samples.minibatch(spec, stack.steps(), stack.batch(), RANDOM);
      expected =
          ReferenceNetwork.run(
              spec,
              Samples.doubles(network.parameters().toArray()),
              minibatch,
              Samples.doubles(before),
              List.of());
      loss = network.lossAndGradient(minibatch, state, RANDOM);
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
