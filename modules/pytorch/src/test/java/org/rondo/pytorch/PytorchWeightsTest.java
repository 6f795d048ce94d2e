package org.rondo.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.HiddenState;
import org.rondo.models.LayerSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Residual;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.parameters.ParameterLayout.Slice;

/** Weights by PyTorch's names, against the equations of its documentation. */
final class PytorchWeightsTest {
  private static final int INPUTS = 3;
  private static final int OUTPUTS = 5;

  private static CellSpec cell(String name, int units, String... option) {
    return new CellSpec(
        name, units, option.length == 0 ? Options.NONE : options(option[0], option[1]));
  }

  private static Options options(String name, String value) {
    return new Options(Map.of(name, value));
  }

  private static NetworkSpec network(String head, LayerSpec... layers) {
    return new NetworkSpec(List.of(layers), new HeadSpec(head, OUTPUTS));
  }

  private static float[] random(int length, long seed) {
    var random = new Random(seed);
    var values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i % 7 == 3 ? -0f : (float) random.nextGaussian();
    }
    return values;
  }

  private static PytorchWeights weights(NetworkSpec spec) {
    return new PytorchWeights(spec);
  }

  static Stream<NetworkSpec> networks() {
    var words = new Embedding(OUTPUTS, 4);
    var spelled = new Characters(6, 4, 3, cell("gru", 2));
    return Stream.of(
        network("tagger", words, new Recurrent(cell("lstm", 4)), new Bidirectional(cell("gru", 3))),
        network("classifier", new Columns(List.of(words, spelled)), new Dense(6, "tanh")),
        network(
            "regression", new Values(INPUTS), new Recurrent(cell("lstm", 4, "projection", "2"))),
        network("ctc", new Values(4), new Residual(new Recurrent(cell("vanilla", 4)))),
        new NetworkSpec(
            List.of(words, new Recurrent(cell("gru", 4))),
            new HeadSpec("language-model", OUTPUTS, options("tied", "true"))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsWrittenAndReadIsEqualBitForBit(NetworkSpec spec) {
    PytorchWeights weights = weights(spec);
    float[] parameters = random(Network.layout(spec).length(), 1);

    float[] back = weights.imported(weights.tensors(), weights.exported(parameters));

    assertThat(bits(back)).containsExactly(bits(parameters));
  }

  private static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  /** A module of PyTorch's and the cell that computes the same. */
  private record Module(String kind, CellSpec cell, boolean bothWays) {
    NetworkSpec network() {
      LayerSpec layer = bothWays ? new Bidirectional(cell) : new Recurrent(cell);
      return PytorchWeightsTest.network(
          "tagger", new Values(INPUTS), layer, new Dropout(0.5), layer);
    }
  }

  static Stream<Module> modules() {
    return Stream.of(false, true)
        .flatMap(
            both ->
                Stream.of(
                    new Module("LSTM", cell("lstm", 4), both),
                    new Module("LSTM", cell("lstm", 4, "projection", "3"), both),
                    new Module("GRU", cell("gru", 4), both),
                    new Module("RNN_TANH", cell("vanilla", 4), both),
                    new Module("RNN_RELU", cell("vanilla", 4, "activation", "relu"), both)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void weightsOfPytorchGiveItsOutputs(Module module) {
    NetworkSpec spec = module.network();
    PytorchWeights weights = weights(spec);
    float[] values = random(weights.tensors().length(), 2); // both biases of every gate
    Map<String, float[]> tensors = byName(weights.tensors(), values);
    Minibatch minibatch = Minibatch.forNetwork(spec, 6, 2);
    Arrays.fill(minibatch.lengths(), 6);
    System.arraycopy(random(6 * 2 * INPUTS, 3), 0, minibatch.values(), 0, 6 * 2 * INPUTS);
    var logits = new float[6 * 2 * OUTPUTS];

    try (var network = Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, 6, 2)) {
      network.parameters().set(weights.imported(weights.tensors(), values));
      network.parametersChanged();
      network.logits(minibatch, new HiddenState(Network.stateLength(spec, 2)), logits);
    }

    var reference = new PytorchReference(module.kind(), 4, tensors);
    for (int b = 0; b < 2; b++) {
      double[][] outputs = reference.rnn(sequence(minibatch, b));
      for (int t = 0; t < 6; t++) {
        double[] expected = reference.linear("head", outputs[t]);
        for (int o = 0; o < OUTPUTS; o++) {
          assertThat((double) logits[(t * 2 + b) * OUTPUTS + o])
              .as("step %d, sequence %d, output %d", t, b, o)
              .isCloseTo(expected[o], within(1e-5 * Math.max(1, Math.abs(expected[o]))));
        }
      }
    }
  }

  private static double[][] sequence(Minibatch minibatch, int b) {
    var sequence = new double[6][INPUTS];
    for (int t = 0; t < 6; t++) {
      for (int i = 0; i < INPUTS; i++) {
        sequence[t][i] = minibatch.values()[(t * 2 + b) * INPUTS + i];
      }
    }
    return sequence;
  }

  private static Map<String, float[]> byName(ParameterLayout layout, float[] values) {
    var all = new HashMap<String, float[]>();
    for (Slice slice : layout.slices()) {
      all.put(
          slice.name(),
          Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length()));
    }
    return all;
  }

  @Test
  void modulesHaveTheirNamesAndShapes() {
    var words = new Embedding(7, 3);
    var both = new Bidirectional(cell("lstm", 4));
    PytorchWeights weights =
        weights(network("tagger", words, both, both, new Dense(2, "relu"), both));

    assertThat(shapes(weights.tensors()))
        .contains(
            "embedding.weight [7, 3]",
            "rnn.0.weight_ih_l0 [16, 3]",
            "rnn.0.weight_hh_l0_reverse [16, 4]",
            "rnn.0.weight_ih_l1 [16, 8]",
            "rnn.0.bias_hh_l1 [16]",
            "dense.0.weight [2, 8]",
            "rnn.1.weight_ih_l0 [16, 2]",
            "head.weight [5, 8]",
            "head.bias [5]");
    assertThat(shapes(weights(network("tagger", words, both)).tensors()))
        .contains("rnn.weight_ih_l0 [16, 3]", "rnn.bias_ih_l0_reverse [16]");
  }

  private static List<String> shapes(ParameterLayout layout) {
    return layout.slices().stream().map(slice -> slice.name() + " " + slice.shape()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"peepholes", "layer_norm"})
  void whatNoModuleComputesIsNamed(String option) {
    var layer = new Recurrent(cell("lstm", 4, option, "true"));
    assertThatThrownBy(() -> weights(network("tagger", new Values(2), layer)))
        .hasMessage("pytorch: PyTorch has no module for an lstm with " + option);
  }

  @Test
  void headsAndOrdersThatNoModuleHasAreNamed() {
    var before = new Recurrent(cell("gru", 4, "reset", "before"));
    assertThatThrownBy(() -> weights(network("tagger", new Values(2), before)))
        .hasMessage("pytorch: PyTorch has no module for a gru with reset = before");
    assertThatThrownBy(() -> weights(network("crf", new Values(2))))
        .hasMessage("pytorch: PyTorch has no module for the head \"crf, 5 outputs\"");
    var adaptive = new HeadSpec("language-model", 5, options("cutoffs", "2"));
    var spec = new NetworkSpec(List.of(new Embedding(5, 4)), adaptive);
    assertThatThrownBy(() -> weights(spec))
        .hasMessage(
            "pytorch: PyTorch has no module for the head \"language model, 5 outputs, cutoffs = 2\"");
  }

  @Test
  void tensorsThatDoNotFitAreNamed() {
    PytorchWeights weights =
        weights(network("tagger", new Values(2), new Recurrent(cell("gru", 4))));
    var missing = new ParameterLayout();
    missing.add("head.weight", 5, 4);
    assertThatThrownBy(() -> weights.imported(missing, new float[20]))
        .hasMessage(
            "pytorch: there is no tensor rnn.weight_ih_l0 of shape [12, 2] among [head.weight]");
    var turned = new ParameterLayout();
    turned.add("head.weight", 4, 5);
    assertThatThrownBy(() -> weights.imported(turned, new float[20]))
        .hasMessage(
            "pytorch: the tensor head.weight is of shape [4, 5], the network's is of shape [5, 4]");
    var strange = new ParameterLayout();
    strange.add("fc.weight", 5, 4);
    assertThatThrownBy(() -> weights.imported(strange, new float[20]))
        .hasMessageStartingWith(
            "pytorch: the network has no place for the tensor fc.weight of shape [5, 4]; it has [rnn.");
  }

  @Test
  void modulesWithoutBiasesHaveZeros() {
    NetworkSpec spec = network("tagger", new Values(2), new Recurrent(cell("gru", 4)));
    PytorchWeights weights = weights(spec);
    var stored = new ParameterLayout();
    stored.add("rnn.weight_ih_l0", 12, 2);
    stored.add("rnn.weight_hh_l0", 12, 4);
    stored.add("head.weight", 5, 4);

    float[] parameters = weights.imported(stored, random(24 + 48 + 20, 4));

    Map<String, float[]> own = byName(Network.layout(spec), parameters);
    assertThat(own.get("recurrent.0.bias")).containsOnly(0);
    assertThat(own.get("head.bias")).containsOnly(0);
    stored.add("rnn.bias_ih_l0", 12); // one of two
    assertThatThrownBy(() -> weights.imported(stored, new float[24 + 48 + 20 + 12]))
        .hasMessageStartingWith("pytorch: there is no tensor rnn.bias_hh_l0 of shape [12] among");
  }

  @Test
  void aTiedHeadMayComeUnderBothNames() {
    NetworkSpec spec =
        new NetworkSpec(
            List.of(new Embedding(5, 4), new Recurrent(cell("vanilla", 4))),
            new HeadSpec("language-model", 5, options("tied", "true")));
    PytorchWeights weights = weights(spec);
    float[] parameters = random(Network.layout(spec).length(), 5);
    float[] exported = weights.exported(parameters);
    var stored = new ParameterLayout();
    for (Slice slice : weights.tensors().slices()) {
      stored.add(slice.name(), slice.shape().stream().mapToInt(Integer::intValue).toArray());
    }
    stored.add("head.weight", 5, 4);
    float[] twice = Arrays.copyOf(exported, exported.length + 20);
    System.arraycopy(exported, 0, twice, exported.length, 20); // the embedding stands first

    assertThat(weights.imported(stored, twice)).containsExactly(parameters);
    twice[exported.length] += 1;
    assertThatThrownBy(() -> weights.imported(stored, twice))
        .hasMessageContaining("head is tied, and the tensor head.weight is not equal");
  }

  @Test
  void modulesOfOtherNamesAreRenamed() {
    var stored = new ParameterLayout();
    stored.add("encoder.weight", 5, 4);
    stored.add("encoders.weight", 2);
    stored.add("lstm.bias_ih_l0", 16);
    var names = new ArrayList<>(List.of("encoder=embedding", "lstm=rnn"));

    assertThat(shapes(new TensorNames(names).renamed(stored)))
        .containsExactly("embedding.weight [5, 4]", "encoders.weight [2]", "rnn.bias_ih_l0 [16]");
    names.add("fc=head");
    assertThatThrownBy(() -> new TensorNames(names).renamed(stored))
        .hasMessageStartingWith("pytorch: there is no module fc among [encoder.weight");
    assertThatThrownBy(() -> new TensorNames(List.of("=x")))
        .hasMessage("=x: must be THERE=HERE, such as encoder=embedding");
  }
}
