package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Regularizers;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.testkit.GradientCheck;

/** Language models with everything that an AWD-LSTM has, and what their parts share. */
class AwdNetworkTest {
  private static final CounterRandom RANDOM = CounterRandom.of(11);
  private static final int VOCABULARY = 13;
  private static final int BATCH = 3;
  private static final Kernels KERNELS = Kernels.choose("java", "java");
  private static final Options TIED = new Options(Map.of("tied", "true"));
  private static final NetworkSpec AWD = awd(TIED);

  private static NetworkSpec awd(Options head) {
    var all = new Regularizers(0.3, 0.2, 0.3, true, 0.3, 0.4, 2, 1);
    return new RecurrentStack(CellSpec.of("lstm", 6), 2, all, false, false)
        .languageModel(VOCABULARY, 5, head);
  }

  private static Network network(NetworkSpec spec, ElementType precision, List<Integer> steps) {
    var network = new Network(spec, KERNELS, precision, steps, BATCH);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  /** Masks are functions of the step's key, so that the loss is one of the parameters alone. */
  @Test
  void gradientMatchesFiniteDifferences() {
    Minibatch minibatch = Samples.minibatch(AWD, 4, BATCH, RANDOM);
    minibatch.lengths()[1] = 2;
    for (int row = 2 * BATCH + 1; row < 4 * BATCH; row += BATCH) {
      minibatch.targets()[row] = Minibatch.NO_TARGET;
    }
    try (Network network = network(AWD, ElementType.FLOAT32, List.of(4))) {
      loss(network, minibatch);
      Gradient gradient = network.gradient();
      assertThat(gradient.rangeLength(0)).as("a tied head reaches all rows").isEqualTo(13 * 5);
      double error =
          GradientCheck.maxRelativeError(
              () -> loss(network, minibatch),
              network.parameters().values(),
              gradient.values(),
              1e-2f,
              1);
      assertThat(error).isLessThan(5e-3);
    }
  }

  private static double loss(Network network, Minibatch minibatch) {
    network.parametersChanged();
    Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
    assertThat(network.penalty()).isPositive();
    return loss.mean() + network.penalty();
  }

  /** Of minibatches of other lengths in turns: nothing of one is left in the next. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void networksOfSeveralStepsGiveTheBitsOfTheirOwn(ElementType precision) {
    try (Network shared = network(AWD, precision, List.of(2, 5))) {
      for (int steps : new int[] {5, 2, 5}) {
        Minibatch minibatch = Samples.minibatch(AWD, steps, BATCH, RANDOM.derive(steps));
        try (Network alone = network(AWD, precision, List.of(steps))) {
          HiddenState state = alone.newState();
          HiddenState same = shared.newState();
          Loss expected = alone.lossAndGradient(minibatch, state, RANDOM);
          assertThat(shared.forSteps(steps).lossAndGradient(minibatch, same, RANDOM))
              .isEqualTo(expected);
          assertThat(shared.gradient().values().toArray())
              .isEqualTo(alone.gradient().values().toArray());
          assertThat(losses(shared.forSteps(steps), minibatch))
              .as("evaluation, which drops nothing")
              .isEqualTo(losses(alone, minibatch));
        }
      }
    }
  }

  private static double[] losses(Network network, Minibatch minibatch) {
    var sums = new double[BATCH];
    network.loss(minibatch, network.newState(), sums);
    return sums;
  }

  /** The same network with a head of its own whose weights are the table, transposed. */
  @Test
  void tiedHeadIsTheTransposedTable() {
    List<LayerSpec> layers =
        List.of(new Embedding(VOCABULARY, 5), new Recurrent(CellSpec.of("lstm", 5)));
    var tied = new NetworkSpec(layers, new HeadSpec("language-model", VOCABULARY, TIED));
    var plain = new NetworkSpec(layers, new HeadSpec("language-model", VOCABULARY));
    Minibatch minibatch = Samples.minibatch(tied, 4, BATCH, RANDOM);
    try (Network one = network(tied, ElementType.FLOAT32, List.of(4));
        Network two = network(plain, ElementType.FLOAT32, List.of(4))) {
      float[] from = one.parameters().toArray();
      var to = new float[two.parameters().layout().length()];
      for (ParameterLayout.Slice slice : two.parameters().layout().slices()) {
        if (!slice.name().equals("head.weight")) {
          int at = one.parameters().layout().slice(slice.name()).offset();
          System.arraycopy(from, at, to, slice.offset(), slice.length());
        }
      }
      int head = two.parameters().layout().slice("head.weight").offset();
      for (int i = 0; i < VOCABULARY * 5; i++) {
        to[head + i % 5 * VOCABULARY + i / 5] = from[i];
      }
      two.parameters().set(to);
      two.parametersChanged();

      double loss = one.lossAndGradient(minibatch, one.newState(), RANDOM).sum();
      double expected = two.lossAndGradient(minibatch, two.newState(), RANDOM).sum();

      assertThat(loss).isCloseTo(expected, within(1e-4));
      float[] sum = two.gradient().values().toArray();
      for (int i = 0; i < VOCABULARY * 5; i++) {
        sum[i] += sum[head + i % 5 * VOCABULARY + i / 5];
      }
      float[] table = Arrays.copyOf(one.gradient().values().toArray(), VOCABULARY * 5);
      assertThat(Samples.relativeError(table, Samples.doubles(sum), 0, table.length))
          .isLessThan(1e-4);
    }
  }

  @Test
  void layersOfAnAwdLstmStandInThePaperOrder() {
    assertThat(AWD.layers())
        .extracting(Object::toString)
        .containsExactly(
            "embedding of 13 tokens, 5 units, dropout of 0.3",
            "locked dropout of 0.3",
            "lstm, 6 units, weight drop of 0.4",
            "locked dropout of 0.2",
            "lstm, 5 units, weight drop of 0.4",
            "regularization of activations by 0.0, of their changes by 1.0",
            "locked dropout of 0.3",
            "regularization of activations by 2.0, of their changes by 0.0");
    assertThat(NetworkSpec.fromJson(AWD.toJson())).isEqualTo(AWD);
    assertThat(Network.layout(AWD).contains("head.weight")).isFalse();
    assertThat(Network.nativeBytes(AWD, ElementType.FLOAT32, 5, BATCH, true)).isPositive();
  }

  /** A network that is trained with less dropout may begin with what another one learned. */
  @Test
  void whatOnlyTrainingDoesIsNoDifferenceBetweenLayers() {
    NetworkSpec plain =
        RecurrentStack.of(CellSpec.of("lstm", 6), 2, 0).languageModel(VOCABULARY, 5, TIED);
    assertThat(new ParameterTransfer(AWD, plain).names()).contains("embedding.weight");
  }

  @Test
  void aTiedHeadNeedsAnEmbeddingOfItsShape() {
    List<LayerSpec> layers =
        List.of(new Embedding(VOCABULARY, 5), new Recurrent(CellSpec.of("lstm", 6)));
    var head = new HeadSpec("language-model", VOCABULARY, TIED);
    assertThatThrownBy(() -> Network.layout(new NetworkSpec(layers, head)))
        .hasMessage(
            "network: a tied head of 13 outputs over 6 units shares an embedding of as many tokens and units, not embedding of 13 tokens, 5 units");
  }
}
