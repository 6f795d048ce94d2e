package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;

/** Networks of values: as inputs, in dense layers, as targets. */
class ValuesNetworkTest {
  private static final CounterRandom RANDOM = CounterRandom.of(31);
  private static final int STEPS = 5;
  private static final int BATCH = 3;

  /** Float32 sums of at most a few hundred terms: errors of some 1e-6; ten times that is left. */
  private static final double TOLERANCE = 1e-4;

  private static final Recurrent LSTM = new Recurrent(CellSpec.of("lstm", 17));
  private static final HeadSpec REGRESSION = new HeadSpec("regression", 3);

  /** Each kind of input with each kind of target, dense layers everywhere and of each kind. */
  static Stream<NetworkSpec> everyNetwork() {
    var tagger = new HeadSpec("tagger", 6);
    return Stream.of(
        new NetworkSpec(List.of(new Values(9), LSTM), tagger),
        new NetworkSpec(List.of(new Values(9), LSTM), new HeadSpec("crf", 5)),
        new NetworkSpec(List.of(new Embedding(20, 8), LSTM), REGRESSION),
        new NetworkSpec(List.of(new Values(1), new Dense(5, "sigmoid")), REGRESSION),
        new NetworkSpec(
            List.of(
                new Values(9),
                new Dropout(0.3),
                new Dense(8, "tanh"),
                LSTM,
                new Dropout(0.3),
                new Recurrent(CellSpec.of("gru", 8)),
                new Dense(33, "identity")),
            REGRESSION),
        new NetworkSpec(
            List.of(new Embedding(20, 8), new Dense(16, "relu"), LSTM, new Dense(7, "sigmoid")),
            tagger));
  }

  private static Network network(NetworkSpec spec, ElementType precision, String kernels) {
    Kernels chosen = Kernels.choose(kernels, kernels);
    var network = new Network(spec, chosen, precision, STEPS, BATCH);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  private static Network network(NetworkSpec spec) {
    return network(spec, ElementType.FLOAT32, Kernels.AUTO);
  }

  private static ReferenceNetwork reference(
      Network network, Minibatch minibatch, HiddenState state) {
    return ReferenceNetwork.run(
        network.spec(),
        Samples.doubles(network.parameters().toArray()),
        minibatch,
        Samples.doubles(state.values()),
        Samples.masks(network.spec(), STEPS * BATCH, RANDOM));
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void agreesWithTheDoublePrecisionReference(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (Network network = network(spec, ElementType.FLOAT32, kernels)) {
        HiddenState state = network.newState();
        ReferenceNetwork expected = reference(network, minibatch, state);

        Loss loss = network.lossAndGradient(minibatch, state, RANDOM);

        assertThat(loss.tokens()).isEqualTo(minibatch.targetCount());
        assertThat(loss.sum()).isCloseTo(expected.loss(), within(TOLERANCE * expected.loss()));
        float[] gradient = network.gradient().values().toArray();
        for (ParameterLayout.Slice slice : network.parameters().layout().slices()) {
          assertThat(
                  Samples.relativeError(
                      gradient, expected.gradient(), slice.offset(), slice.length()))
              .as(slice.name())
              .isLessThan(TOLERANCE);
        }
      }
    }
  }

  /** What rounding the inputs of products to 8 bits changes, and no more: a few parts in 2^8. */
  @ParameterizedTest
  @MethodSource("everyNetwork")
  void bfloat16StaysNearTheDoublePrecisionReference(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    for (String kernels : List.of("java", Kernels.AUTO)) {
      try (Network network = network(spec, ElementType.BFLOAT16, kernels)) {
        HiddenState state = network.newState();
        ReferenceNetwork expected = reference(network, minibatch, state);
        network.lossAndGradient(minibatch, state, RANDOM);
        float[] gradient = network.gradient().values().toArray();
        assertThat(Samples.relativeError(gradient, expected.gradient(), 0, gradient.length))
            .as("gradient by %s", kernels)
            .isBetween(1e-4, 5e-2);
      }
    }
  }

  @Test
  void theLossIsTheMeanSquaredErrorOfWhatIsPredicted() {
    for (String pooling : List.of("none", "last")) {
      var head = new HeadSpec("regression", 3, new Options(Map.of("pooling", pooling)));
      var spec = new NetworkSpec(List.of(new Values(9), LSTM), head);
      Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
      int[] targets = minibatch.targets();
      Arrays.fill(targets, Minibatch.NO_TARGET);
      Arrays.fill(targets, targets.length - BATCH, targets.length, 0);
      try (Network network = network(spec)) {
        var predicted = new float[network.predictions() * 3];
        network.logits(minibatch, network.newState(), predicted);
        var sums = new double[BATCH];
        network.loss(minibatch, network.newState(), sums);
        for (int b = 0; b < BATCH; b++) {
          double expected = 0;
          for (int j = 0; j < 3; j++) {
            // Rows of the last step, or of the only label.
            int at = predicted.length - (BATCH - b) * 3 + j;
            float value = predicted[at];
            float target = minibatch.valueTargets()[at];
            expected += Math.pow(value - target, 2) / 3;
          }
          assertThat(sums[b]).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  @Test
  void regressionLearnsTheMeanOfWhatItSaw() {
    var spec = new NetworkSpec(List.of(new Values(2), new Dense(6, "tanh")), REGRESSION);
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    try (Network network = network(spec)) {
      double first = network.lossAndGradient(minibatch, network.newState(), RANDOM).mean();
      double last = first;
      for (int i = 0; i < 300; i++) {
        float[] values = network.parameters().toArray();
        float[] gradient = network.gradient().values().toArray();
        for (int p = 0; p < values.length; p++) {
          values[p] -= 0.2f * gradient[p];
        }
        network.parameters().set(values);
        network.parametersChanged();
        last = network.lossAndGradient(minibatch, network.newState(), RANDOM).mean();
      }
      // Of 13 random targets some can be learned by heart.
      assertThat(last).isLessThan(0.5 * first);
    }
  }

  @Test
  void namesOfParametersCountEachKindOfLayer() {
    var spec =
        new NetworkSpec(
            List.of(new Values(2), new Dense(3, "tanh"), LSTM, new Dense(4, "relu")), REGRESSION);
    assertThat(Network.layout(spec).slices())
        .extracting(slice -> slice.name() + slice.shape())
        .containsExactly(
            "dense.0.weight[2, 3]",
            "dense.0.bias[3]",
            "recurrent.0.input_weight[3, 68]",
            "recurrent.0.recurrent_weight[17, 68]",
            "recurrent.0.bias[68]",
            "dense.1.weight[17, 4]",
            "dense.1.bias[4]",
            "head.weight[4, 3]",
            "head.bias[3]");
  }

  @Test
  void theWholeGradientOfANetworkOfValuesIsOneRange() {
    var spec = new NetworkSpec(List.of(new Values(2), new Dense(3, "tanh")), REGRESSION);
    try (Network network = network(spec)) {
      network.lossAndGradient(
          Samples.minibatch(spec, STEPS, BATCH, RANDOM), network.newState(), RANDOM);
      Gradient gradient = network.gradient();
      assertThat(gradient.rangeCount()).isEqualTo(1);
      assertThat(gradient.rangeFrom(0)).isZero();
      assertThat(gradient.rangeLength(0)).isEqualTo(gradient.values().length());
    }
  }

  @Test
  void argumentsThatDoNotFitAreNamedWithTheirValues() {
    var spec = new NetworkSpec(List.of(new Values(2), LSTM), REGRESSION);
    try (Network network = network(spec)) {
      HiddenState state = network.newState();
      var ofIds = new Minibatch(STEPS, BATCH);
      assertThatThrownBy(() -> network.lossAndGradient(ofIds, state, RANDOM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "network: a minibatch of 1 ids and 0 values in each step, the network takes 0 and 2; make it by Minibatch.forNetwork");
      var withoutTargets = new Minibatch(STEPS, BATCH, 0, 2, 0, 0);
      assertThatThrownBy(() -> network.lossAndGradient(withoutTargets, state, RANDOM))
          .hasMessageContaining("0 target values, the network predicts T*B*O = 5*3*3");
      Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
      minibatch.targets()[4] = 0;
      minibatch.valueTargets()[4 * 3 + 2] = Float.NaN;
      assertThatThrownBy(() -> network.loss(minibatch, state, new double[BATCH]))
          .hasMessage("network: target value 2 at step 1 of sequence 1 is NaN, no finite number");
      minibatch.values()[7] = Float.POSITIVE_INFINITY;
      assertThatThrownBy(() -> network.loss(minibatch, state, new double[BATCH]))
          .hasMessage(
              "network: input value 1 at step 1 of sequence 0 is Infinity, no finite number");
    }
    try (var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, 1, 1)) {
      assertThatThrownBy(() -> network.logits(new int[1], network.newState(), new float[3]))
          .hasMessage("network: takes 2 values in each step, not ids");
    }
  }

  /** Values behind a sequence's end may be anything, and change nothing. */
  @Test
  void whatStandsInThePaddingIsNotRead() {
    var spec = new NetworkSpec(List.of(new Values(2), new Dense(4, "sigmoid"), LSTM), REGRESSION);
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    minibatch.lengths()[0] = 2;
    for (int t = 2; t < STEPS; t++) {
      minibatch.targets()[t * BATCH] = Minibatch.NO_TARGET;
    }
    try (Network network = network(spec)) {
      Loss expected = network.lossAndGradient(minibatch, network.newState(), RANDOM);
      float[] gradient = network.gradient().values().toArray();
      for (int t = 2; t < STEPS; t++) {
        Arrays.fill(minibatch.values(), t * BATCH * 2, t * BATCH * 2 + 2, Float.NaN);
        Arrays.fill(minibatch.valueTargets(), t * BATCH * 3, t * BATCH * 3 + 3, Float.NaN);
      }
      assertThat(network.lossAndGradient(minibatch, network.newState(), RANDOM))
          .isEqualTo(expected);
      assertThat(network.gradient().values().toArray()).isEqualTo(gradient);
    }
  }

  @Test
  void jsonIsWhatADocumentShows() {
    var spec = new NetworkSpec(List.of(new Values(2), new Dense(3, "tanh")), REGRESSION);
    assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
    assertThat(spec.toJson().replaceAll("\\s", ""))
        .isEqualTo(
            ("{'layers':[{'type':'values','width':2},"
                    + "{'type':'dense','units':3,'activation':'tanh'}],"
                    + "'head':{'type':'regression','outputs':3,'options':{}}}")
                .replace('\'', '"'));
  }

  @Test
  void layersThatCannotBeAreNamed() {
    assertThatThrownBy(() -> new Values(0)).hasMessage("width = 0: must be from 1 to 16777216");
    assertThatThrownBy(() -> new Dense(0, "tanh"))
        .hasMessage("units = 0: must be from 1 to 16777216");
    assertThatThrownBy(() -> new Dense(3, "swish"))
        .hasMessage("activation = swish: must be one of [tanh, relu, sigmoid, identity]");
    assertThatThrownBy(() -> new Dense(3, null)).hasMessageContaining("activation = null");
    assertThatThrownBy(() -> new NetworkSpec(List.of(new Values(2), new Values(2)), REGRESSION))
        .hasMessageContaining(
            "the first layer, and only that, must be an input, such as an embedding or values");
  }
}
