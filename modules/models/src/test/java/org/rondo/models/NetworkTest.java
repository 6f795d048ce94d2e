package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;

class NetworkTest {
  private static final CounterRandom RANDOM = CounterRandom.of(7);

  /** Float32 sums of at most a few hundred terms: errors of some 1e-6; ten times that is left. */
  private static final double TOLERANCE = 1e-4;

  private static Network network(NetworkSpec spec, Kernels kernels, int steps, int batch) {
    return network(spec, kernels, ElementType.FLOAT32, steps, batch);
  }

  private static Network network(
      NetworkSpec spec, Kernels kernels, ElementType precision, int steps, int batch) {
    var network = new Network(spec, kernels, precision, steps, batch);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  private static Network network(NetworkSpec spec, int steps, int batch) {
    return network(spec, Kernels.best(), steps, batch);
  }

  private static HiddenState state(Network network) {
    HiddenState state = network.newState();
    int length = state.values().length;
    System.arraycopy(
        Samples.floats(length, 0.5, RANDOM.derive("state")), 0, state.values(), 0, length);
    return state;
  }

  @ParameterizedTest(name = "V = {0}, {1} x {2} units, dropout {3}, T = {4}, B = {5}")
  @CsvSource({
    "7, 1, 16, 0, 1, 1",
    "7, 1, 5, 0, 4, 1",
    "30, 2, 17, 0, 1, 3",
    "30, 2, 33, 0.3, 5, 4",
    "50, 3, 20, 0.5, 7, 3",
    "40000, 1, 2, 0, 9, 29",
  })
  void agreesWithTheDoublePrecisionReference(
      int vocabulary, int layers, int units, double dropout, int steps, int batch) {
    NetworkSpec spec = RecurrentStack.languageModel(vocabulary, "lstm", layers, units, dropout);
    Minibatch minibatch = Samples.minibatch(spec, steps, batch, RANDOM);
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (Network network = network(spec, Kernels.choose(kernels, kernels), steps, batch)) {
        HiddenState state = state(network);
        ReferenceNetwork expected =
            ReferenceNetwork.run(
                spec,
                Samples.doubles(network.parameters().toArray()),
                minibatch,
                Samples.doubles(state.values()),
                Samples.masks(spec, steps * batch, RANDOM));

        Loss loss = network.lossAndGradient(minibatch, state, RANDOM);

        assertThat(loss.tokens()).isEqualTo(minibatch.targetCount());
        assertThat(loss.sum()).isCloseTo(expected.loss(), within(TOLERANCE * expected.loss()));
        assertAgrees("state", state.values(), expected.state(), 0, state.values().length);
        float[] gradient = network.gradient().values().toArray();
        for (ParameterLayout.Slice slice : network.parameters().layout().slices()) {
          assertAgrees(slice.name(), gradient, expected.gradient(), slice.offset(), slice.length());
        }
      }
    }
  }

  private static void assertAgrees(
      String what, float[] actual, double[] expected, int from, int length) {
    assertThat(Samples.relativeError(actual, expected, from, length))
        .as(what)
        .isLessThan(TOLERANCE);
  }

  @Test
  void evaluationIsTheSumPerSequenceWithoutDropout() {
    NetworkSpec spec = RecurrentStack.languageModel(30, "lstm", 2, 17, 0.5);
    Minibatch minibatch = Samples.minibatch(spec, 6, 3, RANDOM);
    NetworkSpec plain = RecurrentStack.languageModel(30, "lstm", 2, 17, 0);
    try (Network network = network(spec, 6, 3)) {
      HiddenState state = state(network);
      double[] parameters = Samples.doubles(network.parameters().toArray());
      double[] before = Samples.doubles(state.values());
      var sums = new double[] {100, 0, 0};

      network.loss(minibatch, state, sums);

      for (int sequence = 0; sequence < 3; sequence++) {
        Minibatch alone = onlyTargetsOf(minibatch, sequence);
        double expected = ReferenceNetwork.run(plain, parameters, alone, before, List.of()).loss();
        assertThat(sums[sequence] - (sequence == 0 ? 100 : 0))
            .isCloseTo(expected, within(TOLERANCE * expected));
      }
    }
  }

  private static Minibatch onlyTargetsOf(Minibatch minibatch, int sequence) {
    var alone = new Minibatch(minibatch.steps(), minibatch.batch());
    System.arraycopy(minibatch.inputs(), 0, alone.inputs(), 0, alone.inputs().length);
    for (int i = sequence; i < alone.targets().length; i += alone.batch()) {
      alone.targets()[i] = minibatch.targets()[i];
    }
    return alone;
  }

  @Test
  void logitsGiveTheLossOfTheirSoftmax() {
    NetworkSpec spec = RecurrentStack.languageModel(11, "lstm", 2, 9, 0);
    try (Network network = network(spec, 1, 2)) {
      HiddenState state = state(network);
      HiddenState same = state(network);
      var minibatch = new Minibatch(1, 2);
      minibatch.inputs()[1] = 3;
      minibatch.targets()[0] = 4;
      minibatch.targets()[1] = 5;
      var sums = new double[2];
      network.loss(minibatch, same, sums);
      var logits = new float[2 * 11];

      network.logits(minibatch.inputs(), state, logits);

      assertThat(state.values()).isEqualTo(same.values());
      for (int sequence = 0; sequence < 2; sequence++) {
        double sum = 0;
        for (int v = 0; v < 11; v++) {
          sum += Math.exp(logits[sequence * 11 + v]);
        }
        double logit = logits[sequence * 11 + minibatch.targets()[sequence]];
        assertThat(Math.log(sum) - logit).isCloseTo(sums[sequence], within(1e-5));
      }
    }
  }

  @Test
  void stateIsCarriedFromMinibatchToMinibatch() {
    NetworkSpec spec = RecurrentStack.languageModel(30, "lstm", 2, 17, 0);
    Minibatch whole = Samples.minibatch(spec, 8, 3, RANDOM);
    try (Network longer = network(spec, 8, 3);
        Network shorter = network(spec, 4, 3)) {
      HiddenState expected = state(longer);
      var expectedSums = new double[3];
      longer.loss(whole, expected, expectedSums);

      HiddenState state = state(shorter);
      var sums = new double[3];
      shorter.loss(part(whole, 0, 4), state, sums);
      shorter.loss(part(whole, 4, 4), state, sums);

      // Products of other shapes may differ in the last bits.
      assertThat(state.values())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(expected.values());
      assertThat(sums).containsExactly(expectedSums, within(1e-4));
    }
  }

  private static Minibatch part(Minibatch whole, int from, int steps) {
    var part = new Minibatch(steps, whole.batch());
    int length = steps * whole.batch();
    System.arraycopy(whole.inputs(), from * whole.batch(), part.inputs(), 0, length);
    System.arraycopy(whole.targets(), from * whole.batch(), part.targets(), 0, length);
    return part;
  }

  @Test
  void repeatedStepsGiveTheSameBits() {
    NetworkSpec spec = RecurrentStack.languageModel(30, "lstm", 2, 33, 0.3);
    Minibatch minibatch = Samples.minibatch(spec, 5, 4, RANDOM);
    Minibatch other = Samples.minibatch(spec, 5, 4, RANDOM.derive("other"));
    try (Network network = network(spec, 5, 4)) {
      Loss first = network.lossAndGradient(minibatch, state(network), RANDOM);
      float[] gradient = network.gradient().values().toArray();
      network.lossAndGradient(other, state(network), RANDOM.derive("other"));

      Loss again = network.lossAndGradient(minibatch, state(network), RANDOM);

      assertThat(again).isEqualTo(first);
      assertThat(network.gradient().values().toArray()).isEqualTo(gradient);
    }
  }

  @Test
  void otherDropoutNumbersGiveAnotherGradient() {
    NetworkSpec spec = RecurrentStack.languageModel(30, "lstm", 1, 16, 0.3);
    Minibatch minibatch = Samples.minibatch(spec, 3, 2, RANDOM);
    try (Network network = network(spec, 3, 2)) {
      Loss first = network.lossAndGradient(minibatch, state(network), RANDOM);
      Loss second = network.lossAndGradient(minibatch, state(network), RANDOM.derive(1));
      assertThat(second.sum()).isNotEqualTo(first.sum());
    }
  }

  @Test
  void gradientRangesAreTheTouchedRowsAndEverythingDense() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 1, 4, 0);
    try (Network network = network(spec, 2, 2)) {
      var minibatch = new Minibatch(2, 2);
      Arrays.fill(minibatch.targets(), 1);
      System.arraycopy(new int[] {7, 3, 2, 7}, 0, minibatch.inputs(), 0, 4);
      network.lossAndGradient(minibatch, network.newState(), RANDOM);
      assertRanges(
          network.gradient(),
          List.of(8, 8, 28, 4, 40, network.parameters().layout().length() - 40));

      Arrays.fill(minibatch.inputs(), 9);
      network.lossAndGradient(minibatch, network.newState(), RANDOM);
      assertRanges(
          network.gradient(), List.of(36, 4, 40, network.parameters().layout().length() - 40));
    }
  }

  /** The ranges are those, and the gradient is zero exactly outside of them. */
  private static void assertRanges(Gradient gradient, List<Integer> fromAndLength) {
    var ranges = new ArrayList<Integer>();
    float[] values = gradient.values().toArray();
    for (int i = 0; i < gradient.rangeCount(); i++) {
      ranges.add(gradient.rangeFrom(i));
      ranges.add(gradient.rangeLength(i));
      for (int j = 0; j < gradient.rangeLength(i); j++) {
        assertThat(values[gradient.rangeFrom(i) + j]).isNotZero();
        values[gradient.rangeFrom(i) + j] = 0;
      }
    }
    assertThat(ranges).isEqualTo(fromAndLength);
    assertThat(values).containsOnly(0f);
  }

  @Test
  void paddingAloneGivesNoLossAndNoGradient() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 1, 4, 0);
    try (Network network = network(spec, 2, 2)) {
      Loss loss = network.lossAndGradient(new Minibatch(2, 2), network.newState(), RANDOM);
      assertThat(loss).isEqualTo(Loss.ZERO);
      assertThat(network.gradient().values().toArray()).containsOnly(0f);
    }
  }

  @Test
  void changedParametersAreUsedOnlyWhenSaidSo() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 1, 4, 0);
    Minibatch minibatch = Samples.minibatch(spec, 2, 2, RANDOM);
    try (Network network = network(spec, 2, 2)) {
      Loss before = network.lossAndGradient(minibatch, network.newState(), RANDOM);
      network.parameters().set(Network.initialParameters(spec, 5));
      network.parametersChanged();
      Loss after = network.lossAndGradient(minibatch, network.newState(), RANDOM);
      try (Network fresh = network(spec, 2, 2)) {
        fresh.parameters().set(Network.initialParameters(spec, 5));
        fresh.parametersChanged();
        assertThat(fresh.lossAndGradient(minibatch, fresh.newState(), RANDOM)).isEqualTo(after);
      }
      assertThat(after.sum()).isNotEqualTo(before.sum());
    }
  }

  @Test
  void argumentsThatDoNotFitAreNamedWithTheirValues() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 1, 4, 0);
    try (Network network = network(spec, 3, 2)) {
      HiddenState state = network.newState();
      assertThatThrownBy(() -> network.lossAndGradient(new Minibatch(2, 3), state, RANDOM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("network: minibatch of T = 2, B = 3, built for T = 3, B = 2");
      var minibatch = new Minibatch(3, 2);
      minibatch.inputs()[5] = 10;
      assertThatThrownBy(() -> network.loss(minibatch, state, new double[2]))
          .hasMessage("network: input id 10 at step 2 of sequence 1 is outside a vocabulary of 10");
      minibatch.inputs()[5] = 0;
      minibatch.targets()[2] = -2;
      assertThatThrownBy(() -> network.loss(minibatch, state, new double[2]))
          .hasMessage(
              "network: target id -2 at step 1 of sequence 0 is outside a vocabulary of 10");
      minibatch.targets()[2] = 0;
      assertThatThrownBy(() -> network.loss(minibatch, new HiddenState(15), new double[2]))
          .hasMessage("network: the hidden state holds 15 values, B = 2 sequences need 16");
      assertThatThrownBy(() -> network.loss(minibatch, state, new double[3]))
          .hasMessage("network: 3 sums for 2 sequences");
      assertThatThrownBy(() -> network.logits(new int[2], state, new float[20]))
          .hasMessageContaining("by a network of T = 3, B = 2; T must be 1");
    }
  }

  /** What rounding the inputs of products to 8 bits changes, and no more: a few parts in 2^8. */
  @Test
  void bfloat16StaysNearTheDoublePrecisionReference() {
    NetworkSpec spec = RecurrentStack.languageModel(30, "lstm", 2, 17, 0.3);
    Minibatch minibatch = Samples.minibatch(spec, 6, 3, RANDOM);
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (Network network =
          network(spec, Kernels.choose(kernels, kernels), ElementType.BFLOAT16, 6, 3)) {
        HiddenState state = state(network);
        ReferenceNetwork expected =
            ReferenceNetwork.run(
                spec,
                Samples.doubles(network.parameters().toArray()),
                minibatch,
                Samples.doubles(state.values()),
                Samples.masks(spec, 6 * 3, RANDOM));
        network.lossAndGradient(minibatch, state, RANDOM);
        float[] gradient = network.gradient().values().toArray();
        assertThat(Samples.relativeError(gradient, expected.gradient(), 0, gradient.length))
            .as("gradient by %s", kernels)
            .isBetween(1e-4, 2e-2);
      }
    }
  }

  @Test
  void closedNetworksHoldNoMemory() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 1, 4, 0);
    Network network = network(spec, 3, 2);
    assertThat(network.nativeBytes()).isPositive();
    network.close();
    assertThat(network.nativeBytes()).isZero();
  }
}
