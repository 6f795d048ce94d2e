package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.layers.RecurrentStack;

/** What a network is said to take, against what one takes. */
class NetworkMemoryTest {
  private static final int STEPS = 20;
  private static final int BATCH = 16;

  static Stream<NetworkSpec> everyNetwork() {
    return EvaluationNetworkTest.everyNetwork();
  }

  /** Plain Java holds packed weights on the heap, so there buffers are all that is native. */
  @ParameterizedTest
  @MethodSource("everyNetwork")
  void everyCellAndHeadIsCountedWithAllOfItsBuffers(NetworkSpec spec) {
    for (boolean trains : new boolean[] {true, false}) {
      long counted = Network.nativeBytes(spec, ElementType.FLOAT32, STEPS, BATCH, trains);
      long taken = taken(spec, Kernels.choose("java", "java"), ElementType.FLOAT32, trains);
      assertThat(counted).isBetween(taken, taken + taken / 2);
    }
  }

  /**
   * With the machine's own products, what they need for themselves is little. Not so where bfloat16
   * is rounded and multiplied as float32: copies come on top, and the run warns of it.
   */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void aNetworkOfUsualSizeTakesHardlyMoreThanCounted(ElementType precision) {
    Kernels kernels = Kernels.best();
    String products = kernels.matmul().name();
    assumeThat(!products.equals("java") && kernels.matmul().multiplies(precision))
        .as("%s holds packed weights off the heap and multiplies %s", products, precision)
        .isTrue();
    NetworkSpec spec = RecurrentStack.languageModel(3000, "lstm", 2, 256, 0.2);
    for (boolean trains : new boolean[] {true, false}) {
      long counted = Network.nativeBytes(spec, precision, STEPS, BATCH, trains);
      double taken = taken(spec, kernels, precision, trains);
      assertThat(taken / counted).isBetween(0.9, 1.1);
    }
  }

  private static long taken(
      NetworkSpec spec, Kernels kernels, ElementType precision, boolean trains) {
    try (Network network =
        trains
            ? new Network(spec, kernels, precision, STEPS, BATCH)
            : Network.forEvaluation(spec, kernels, precision, STEPS, BATCH)) {
      return network.nativeBytes();
    }
  }
}
