package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.Cell;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/** The bits of training steps depend neither on when nor beside what they run. */
class StepBitsTest {
  private static final int UPDATES = 8;

  static Stream<Arguments> everyCellInEveryPrecision() {
    return Cell.ALL.members().values().stream()
        .flatMap(
            cell -> Stream.of(ElementType.values()).map(type -> Arguments.of(cell.name(), type)));
  }

  @ParameterizedTest
  @MethodSource("everyCellInEveryPrecision")
  void repeatedRunsGiveTheSameBits(String cell, ElementType precision) {
    int[] first = train(cell, precision);
    for (int run = 0; run < 3; run++) {
      assertThat(train(cell, precision)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("everyCellInEveryPrecision")
  void twoThreadsSideBySideGiveTheBitsOfOneAlone(String cell, ElementType precision)
      throws Exception {
    int[] alone = train(cell, precision);
    var start = new CyclicBarrier(2);
    Callable<int[]> task =
        () -> {
          start.await();
          return train(cell, precision);
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<int[]> bits : threads.invokeAll(List.of(task, task))) {
        assertThat(bits.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherPrecisionGivesOtherBits() {
    assertThat(train("lstm", ElementType.BFLOAT16))
        .isNotEqualTo(train("lstm", ElementType.FLOAT32));
  }

  /** Bits of parameters, carried state and losses after some updates, which must have learned. */
  private static int[] train(String cell, ElementType precision) {
    NetworkSpec spec = RecurrentStack.languageModel(60, CellSpec.of(cell, 37), 2, 0.2);
    CounterRandom random = CounterRandom.of(1);
    Minibatch minibatch = Samples.minibatch(spec, 7, 5, random);
    float[] parameters = Network.initialParameters(spec, 1);
    var losses = new ArrayList<Float>();
    try (var network = new Network(spec, Kernels.best(), precision, 7, 5)) {
      HiddenState state = network.newState();
      for (int update = 0; update < UPDATES; update++) {
        network.parameters().set(parameters);
        network.parametersChanged();
        Loss loss = network.lossAndGradient(minibatch, state, random.derive(update));
        losses.add((float) loss.mean());
        float[] gradient = network.gradient().values().toArray();
        for (int i = 0; i < parameters.length; i++) {
          parameters[i] -= gradient[i];
        }
      }
      assertThat(losses.get(UPDATES - 1)).isLessThan(losses.get(0));
      return bits(parameters, state.values(), losses);
    }
  }

  private static int[] bits(float[] parameters, float[] state, List<Float> losses) {
    int[] bits = Arrays.copyOf(bits(parameters), parameters.length + state.length + losses.size());
    System.arraycopy(bits(state), 0, bits, parameters.length, state.length);
    for (int i = 0; i < losses.size(); i++) {
      bits[parameters.length + state.length + i] = Float.floatToRawIntBits(losses.get(i));
    }
    return bits;
  }

  private static int[] bits(float[] values) {
    var bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
