package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
import org.rondo.models.layers.Convolution;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.ImageShape;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;

/** Networks without a backward pass against those that have one. */
class EvaluationNetworkTest {
  private static final CounterRandom RANDOM = CounterRandom.of(29);
  private static final int STEPS = 5;
  private static final int BATCH = 3;

  static Stream<NetworkSpec> everyNetwork() {
    Stream<NetworkSpec> everyCell =
        CellVariants.of(17).stream().map(cell -> RecurrentStack.languageModel(30, cell, 2, 0.3));
    var stack = new RecurrentStack(CellSpec.of("lstm", 8), 2, 0.3, true, true);
    Stream<NetworkSpec> everyHead =
        Stream.concat(
                Stream.of(new HeadSpec("tagger", 6), new HeadSpec("crf", 6), decoder()),
                Pooling.names().stream().map(EvaluationNetworkTest::classifier))
            .map(head -> stack.network(30, head));
    return Stream.of(everyCell, everyHead, ofValues()).flatMap(networks -> networks);
  }

  private static Stream<NetworkSpec> ofValues() {
    List<LayerSpec> layers =
        List.of(
            new Values(18),
            new Convolution(new ImageShape(3, 3, 2), 3, 2, 1, 0, "relu"),
            new Dense(16, "relu"),
            new Recurrent(CellSpec.of("lstm", 16)),
            new Dense(16, "tanh"));
    return Stream.of("none", "last")
        .map(
            name ->
                name.equals("none")
                    ? new HeadSpec("regression", 2)
                    : new HeadSpec("regression", 2, new Options(Map.of("pooling", name))))
        .map(head -> new NetworkSpec(layers, head));
  }

  private static HeadSpec decoder() {
    return new HeadSpec("decoder", 6, new Options(Map.of("beam", "1", "dropout", "0.3")));
  }

  private static HeadSpec classifier(String pooling) {
    return new HeadSpec("classifier", 6, new Options(Map.of("pooling", pooling)));
  }

  private static Network filled(Network network) {
    network.parameters().set(Samples.parameters(network.spec(), RANDOM));
    network.parametersChanged();
    return network;
  }

  private static Minibatch minibatch(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    minibatch.lengths()[1] = 3;
    for (int row = 0; row < minibatch.targets().length; row++) {
      boolean counts = row / BATCH < minibatch.lengths()[row % BATCH];
      int classes = spec.targetValues() > 0 ? 1 : 6;
      minibatch.targets()[row] = counts ? row % classes : Minibatch.NO_TARGET;
    }
    return minibatch;
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void lossesPredictionsAndStatesHaveTheSameBits(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    for (ElementType precision : List.of(ElementType.FLOAT32, ElementType.BFLOAT16)) {
      try (Network training = filled(new Network(spec, Kernels.best(), precision, STEPS, BATCH));
          Network evaluation =
              filled(Network.forEvaluation(spec, Kernels.best(), precision, STEPS, BATCH))) {
        HiddenState expectedState = training.newState();
        var expected = new double[BATCH];
        training.loss(minibatch, expectedState, expected);
        var expectedLogits = new float[training.predictions() * spec.scores()];
        training.logits(minibatch, expectedState, expectedLogits);

        HiddenState state = evaluation.newState();
        var sums = new double[BATCH];
        evaluation.loss(minibatch, state, sums);
        var logits = new float[expectedLogits.length];
        evaluation.logits(minibatch, state, logits);

        if (spec.targetValues() == 0) {
          var expectedClasses = new int[training.predictions()];
          training.decode(minibatch, expectedState, expectedClasses);
          var classes = new int[expectedClasses.length];
          evaluation.decode(minibatch, state, classes);
          assertThat(classes).isEqualTo(expectedClasses);
        }
        assertThat(sums).isEqualTo(expected);
        assertThat(logits).isEqualTo(expectedLogits);
        assertThat(state.values()).isEqualTo(expectedState.values());
      }
    }
  }

  static Stream<NetworkSpec> everyDefault() {
    return everyNetwork()
        .filter(
            spec ->
                spec.layers().stream()
                    .noneMatch(
                        layer ->
                            layer instanceof Recurrent recurrent
                                && !recurrent.cell().options().equals(Options.NONE)));
  }

  /** Without gradient, transposed weights and gradients of activations. */
  @ParameterizedTest
  @MethodSource("everyDefault")
  void holdsAFractionOfTheMemoryOfTraining(NetworkSpec spec) {
    // A decoder searches in evaluation alone, and holds what its search looks at.
    double share = spec.head().type().equals("decoder") ? 0.75 : 0.7;
    for (ElementType precision : List.of(ElementType.FLOAT32, ElementType.BFLOAT16)) {
      try (var training = new Network(spec, Kernels.best(), precision, STEPS, BATCH);
          Network evaluation =
              Network.forEvaluation(spec, Kernels.best(), precision, STEPS, BATCH)) {
        assertThat((double) evaluation.nativeBytes() / training.nativeBytes())
            .as("%d bytes of %d", evaluation.nativeBytes(), training.nativeBytes())
            .isLessThan(share);
      }
    }
  }

  @Test
  void hasNoGradient() {
    NetworkSpec spec = RecurrentStack.languageModel(30, "lstm", 1, 8, 0);
    try (Network network =
        filled(Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH))) {
      Minibatch minibatch = minibatch(spec);
      HiddenState state = network.newState();
      assertThatThrownBy(() -> network.lossAndGradient(minibatch, state, RANDOM))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("network: built for evaluation, it has no gradient");
      assertThatThrownBy(() -> network.gradientFlow(minibatch, state, RANDOM, 0))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(network::gradient).isInstanceOf(IllegalStateException.class);
    }
  }
}
