package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/** Networks for minibatches of several steps, with one vector of parameters and one gradient. */
class SharedParametersTest {
  private static final int BATCH = 3;
  private static final List<Integer> STEPS = List.of(2, 4, 7);
  private static final Kernels KERNELS = Kernels.choose("java", "java");
  private static final NetworkSpec SPEC =
      RecurrentStack.languageModel(50, CellSpec.of("lstm", 5), 2, 0.2);

  /** Ids and targets of one step of training, other ones each time. */
  private static Minibatch minibatch(int steps, int number) {
    var minibatch = new Minibatch(steps, BATCH);
    CounterRandom random = CounterRandom.of(number);
    for (int row = 0; row < steps * BATCH; row++) {
      minibatch.inputs()[row] = (int) (50 * random.uniform(2L * row));
      minibatch.targets()[row] = (int) (50 * random.uniform(2L * row + 1));
    }
    return minibatch;
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void eachGivesTheBitsOfOneThatIsAlone(ElementType precision) {
    try (var shared = new Network(SPEC, KERNELS, precision, STEPS, BATCH)) {
      float[] parameters = Network.initialParameters(SPEC, 1);
      HiddenState state = shared.newState();
      int number = 0;
      for (int steps : new int[] {7, 2, 4, 2, 7, 7, 4}) {
        number++;
        shared.parameters().set(parameters);
        shared.parametersChanged();
        Minibatch minibatch = minibatch(steps, number);
        CounterRandom dropout = CounterRandom.of(number);
        try (var alone = new Network(SPEC, KERNELS, precision, steps, BATCH)) {
          alone.parameters().set(parameters);
          alone.parametersChanged();
          HiddenState own = alone.newState();
          System.arraycopy(state.values(), 0, own.values(), 0, own.values().length);
          Loss expected = alone.lossAndGradient(minibatch, own, dropout);
          assertThat(shared.forSteps(steps).lossAndGradient(minibatch, state, dropout))
              .isEqualTo(expected);
          assertThat(state.values()).isEqualTo(own.values());
          assertThat(shared.gradient().values().toArray())
              .as("rows that another one touched are zero again")
              .isEqualTo(alone.gradient().values().toArray());
          assertThat(shared.gradient().rangeCount()).isEqualTo(alone.gradient().rangeCount());
        }
        float[] gradient = shared.gradient().values().toArray();
        for (int i = 0; i < parameters.length; i++) {
          parameters[i] -= gradient[i];
        }
      }
    }
  }

  @Test
  void whatTheyTakeIsKnownBefore() {
    for (boolean trains : new boolean[] {true, false}) {
      try (Network network =
          trains
              ? new Network(SPEC, KERNELS, ElementType.FLOAT32, STEPS, BATCH)
              : Network.forEvaluation(SPEC, KERNELS, ElementType.FLOAT32, STEPS, BATCH)) {
        assertThat(Network.nativeBytes(SPEC, ElementType.FLOAT32, STEPS, BATCH, trains))
            .isGreaterThanOrEqualTo(network.nativeBytes());
        assertThatThrownBy(() -> network.forSteps(3))
            .hasMessage("network: minibatches of T = 3, built for T = [2, 4, 7]");
      }
    }
  }
}
