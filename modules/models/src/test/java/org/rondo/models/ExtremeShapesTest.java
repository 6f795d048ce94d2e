package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.heads.Pooling;
import org.rondo.models.layers.RecurrentStack;

/** Very long, very short and empty minibatches. */
class ExtremeShapesTest {
  private static final CounterRandom RANDOM = CounterRandom.of(23);
  private static final CellSpec CELL = CellSpec.of("lstm", 7);

  static Stream<NetworkSpec> everyHead() {
    var both = new RecurrentStack(CELL, 2, 0.2, true, true);
    Stream<NetworkSpec> classifiers =
        Pooling.names().stream()
            .map(name -> new HeadSpec("classifier", 3, new Options(Map.of("pooling", name))))
            .map(head -> both.network(9, head));
    return Stream.concat(
        Stream.of(
            RecurrentStack.languageModel(9, CELL, 2, 0.2),
            both.network(9, new HeadSpec("tagger", 3)),
            both.network(9, new HeadSpec("crf", 3))),
        classifiers);
  }

  private static Network network(NetworkSpec spec, int steps, int batch) {
    var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, steps, batch);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  @ParameterizedTest
  @MethodSource("everyHead")
  void aMinibatchWithoutTargetsHasNoLossAndNoGradient(NetworkSpec spec) {
    Minibatch empty = Minibatch.forNetwork(spec, 4, 3);
    Minibatch nothing = Minibatch.forNetwork(spec, 4, 3);
    nothing.clear();
    try (Network network = network(spec, 4, 3)) {
      for (Minibatch minibatch : new Minibatch[] {empty, nothing}) {
        Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
        assertThat(loss).isEqualTo(Loss.ZERO);
        for (float value : network.gradient().values().toArray()) {
          assertThat(value).isZero();
        }
        var sums = new double[3];
        network.loss(minibatch, network.newState(), sums);
        assertThat(sums).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyHead")
  void oneStepOfOneSequenceIsAMinibatch(NetworkSpec spec) {
    Minibatch minibatch = Minibatch.forNetwork(spec, 1, 1);
    minibatch.targets()[0] = 2;
    try (Network network = network(spec, 1, 1)) {
      Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
      assertThat(loss.tokens()).isOne();
      assertThat(loss.sum()).isBetween(1e-3, 20.0);
      assertThat(network.gradient().values().toArray()).doesNotContain(Float.NaN);
    }
  }

  /** Gates keep an LSTM bounded, so that 5,000 steps are as exact as their parts. */
  @Test
  void fiveThousandStepsAreThoseOfTheirParts() {
    NetworkSpec spec = RecurrentStack.languageModel(9, CELL, 2, 0);
    Minibatch whole = Samples.minibatch(spec, 5000, 1, RANDOM);
    var part = new Minibatch(1000, 1);
    try (Network longer = network(spec, 5000, 1);
        Network shorter = network(spec, 1000, 1)) {
      Loss loss = longer.lossAndGradient(whole, longer.newState(), RANDOM);
      HiddenState state = shorter.newState();
      var sums = new double[1];
      for (int from = 0; from < 5000; from += 1000) {
        System.arraycopy(whole.inputs(), from, part.inputs(), 0, 1000);
        System.arraycopy(whole.targets(), from, part.targets(), 0, 1000);
        shorter.loss(part, state, sums);
      }
      assertThat(loss.sum()).isCloseTo(sums[0], within(1e-5 * sums[0]));
      for (float value : longer.gradient().values().toArray()) {
        assertThat(value).isFinite();
      }
    }
  }
}
