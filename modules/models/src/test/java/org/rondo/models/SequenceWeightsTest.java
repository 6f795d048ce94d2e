package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

/** A sequence of weight v counts as v sequences do that are equal to it. */
class SequenceWeightsTest {
  private static final int STEPS = 3;
  private static final int OUTPUTS = 4;
  private static final float[] WEIGHTS = {1.5f, 1, 0.5f};

  /** As often as the weights say, times two. */
  private static final int[] REPEATED = {0, 0, 0, 1, 1, 2};

  private static final CounterRandom RANDOM = CounterRandom.of(11);

  static Stream<HeadSpec> heads() {
    String classWeights = "1, 0.25, 2, 3";
    return Stream.of(
        head("classifier", Map.of("pooling", "mean")),
        head("classifier", Map.of("class_weights", classWeights)),
        head("tagger", Map.of()),
        head("tagger", Map.of("class_weights", classWeights)),
        head("regression", Map.of("loss", "huber")),
        head("regression", Map.of("pooling", "last", "notes", "1")),
        head("multi-label", Map.of()));
  }

  private static HeadSpec head(String type, Map<String, String> options) {
    return new HeadSpec(type, OUTPUTS, new Options(options));
  }

  private static NetworkSpec spec(HeadSpec head) {
    return RecurrentStack.of(CellSpec.of("gru", 6), 1, 0).network(OUTPUTS, head);
  }

  /** Row b of it is that of number {@code rows[b]} of three random ones. */
  private static Minibatch minibatch(NetworkSpec spec, int... rows) {
    Minibatch three = Samples.minibatch(spec, STEPS, 3, RANDOM);
    Minibatch made = Minibatch.forNetwork(spec, STEPS, rows.length);
    Arrays.setAll(three.targets(), i -> (int) (RANDOM.derive("targets").uniform(i) * three(spec)));
    Arrays.setAll(made.inputs(), i -> three.inputs()[from(i, rows)]);
    Arrays.setAll(made.targets(), i -> three.targets()[from(i, rows)]);
    boolean labels = spec.head().type().equals("multi-label");
    for (int i = 0; i < made.valueTargets().length; i++) {
      float value = three.valueTargets()[from(i / OUTPUTS, rows) * OUTPUTS + i % OUTPUTS];
      made.valueTargets()[i] = labels ? (value > 0 ? 1 : 0) : value;
    }
    return made;
  }

  private static int three(NetworkSpec spec) {
    return spec.targetValues() > 0 ? 1 : OUTPUTS;
  }

  private static int from(int row, int[] rows) {
    return row / rows.length * 3 + rows[row % rows.length];
  }

  private static Network network(NetworkSpec spec, int batch) {
    var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, STEPS, batch);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  @ParameterizedTest
  @MethodSource("heads")
  void lossAndGradientAreThoseOfRepeatedSequences(HeadSpec head) {
    NetworkSpec spec = spec(head);
    Minibatch repeated = minibatch(spec, REPEATED);
    Minibatch weighted = minibatch(spec, 0, 1, 2);
    System.arraycopy(WEIGHTS, 0, weighted.weights(), 0, 3);
    try (Network wide = network(spec, REPEATED.length);
        Network narrow = network(spec, 3)) {
      Loss expected = wide.lossAndGradient(repeated, wide.newState(), RANDOM);
      Loss loss = narrow.lossAndGradient(weighted, narrow.newState(), RANDOM);
      assertThat(loss.tokens()).isEqualTo(expected.tokens() / 2);
      assertThat(loss.sum() / loss.tokens())
          .isCloseTo(expected.sum() / expected.tokens(), within(1e-6));
      float[] gradient = narrow.gradient().values().toArray();
      assertThat(gradient).contains(wide.gradient().values().toArray(), within(1e-6f));
    }
  }

  @Test
  void weightsThatCannotBeAreRefused() {
    NetworkSpec crf = spec(new HeadSpec("crf", OUTPUTS));
    Minibatch minibatch = Samples.minibatch(crf, STEPS, 3, RANDOM);
    minibatch.weights()[1] = 2;
    try (Network network = network(crf, 3)) {
      assertThatThrownBy(() -> network.lossAndGradient(minibatch, network.newState(), RANDOM))
          .hasMessage("network: sequences have weights, and the head crf heeds none");
      minibatch.weights()[1] = Float.NaN;
      assertThatThrownBy(() -> network.lossAndGradient(minibatch, network.newState(), RANDOM))
          .hasMessage(
              "network: sequence 1 has the weight NaN, it must be a finite number at least 0");
      minibatch.clear();
      assertThat(minibatch.isWeighted()).isFalse();
    }
  }
}
