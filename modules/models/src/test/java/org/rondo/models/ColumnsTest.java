package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Dropout;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.Gradient;
import org.rondo.models.parameters.ParameterLayout;

/** Networks of several ids per step, the characters of words among them. */
class ColumnsTest {
  private static final CounterRandom RANDOM = CounterRandom.of(53);
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int CHARACTERS = 5;

  /** Float32 sums of at most a few hundred terms: errors of some 1e-6; ten times that is left. */
  private static final double TOLERANCE = 1e-4;

  private static final Columns WORDS =
      new Columns(
          List.of(
              new Embedding(30, 7),
              new Characters(9, CHARACTERS, 6, CellSpec.of("lstm", 5)),
              new Embedding(4, 3)));
  private static final HeadSpec TAGGER = new HeadSpec("tagger", 6);

  static Stream<NetworkSpec> everyNetwork() {
    var gru = new Characters(9, CHARACTERS, 6, CellSpec.of("gru", 17));
    return Stream.of(
        new NetworkSpec(List.of(WORDS, new Dense(8, "tanh")), TAGGER),
        new NetworkSpec(
            List.of(WORDS, new Dropout(0.4), new Recurrent(CellSpec.of("lstm", 8))), TAGGER),
        new NetworkSpec(List.of(new Columns(List.of(gru)), new Dense(8, "tanh")), TAGGER));
  }

  private static Network filled(Network network) {
    network.parameters().set(Samples.parameters(network.spec(), RANDOM));
    network.parametersChanged();
    return network;
  }

  private static Network network(NetworkSpec spec) {
    return filled(new Network(spec, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH));
  }

  /** With words of no, one, some and all characters, those of others behind the id 0. */
  private static Minibatch minibatch(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    int from = spec.idColumns().indexOf(9);
    for (int row = 0; row < STEPS * BATCH; row++) {
      for (int c = 0; c < CHARACTERS; c++) {
        int at = row * minibatch.columns() + from + c;
        minibatch.inputs()[at] = c == row % (CHARACTERS + 1) ? 0 : 1 + (row + 3 * c) % 8;
      }
    }
    return minibatch;
  }

  private static ReferenceNetwork reference(Network network, Minibatch minibatch) {
    return ReferenceNetwork.run(
        network.spec(),
        Samples.doubles(network.parameters().toArray()),
        minibatch,
        Samples.doubles(network.newState().values()),
        Samples.masks(network.spec(), STEPS * BATCH, RANDOM));
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void agreesWithTheDoublePrecisionReference(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    try (Network network = network(spec)) {
      requireReference(network, minibatch);
      // Again over other words: nothing of the first is left.
      for (int i = 0; i < minibatch.inputs().length; i++) {
        int bound = spec.idColumns().get(i % minibatch.columns());
        minibatch.inputs()[i] = bound - 1 - minibatch.inputs()[i];
      }
      requireReference(network, minibatch);
    }
  }

  private static void requireReference(Network network, Minibatch minibatch) {
    ReferenceNetwork expected = reference(network, minibatch);
    Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
    assertThat(loss.sum()).isCloseTo(expected.loss(), within(TOLERANCE * expected.loss()));
    float[] gradient = network.gradient().values().toArray();
    for (ParameterLayout.Slice slice : network.parameters().layout().slices()) {
      assertThat(
              Samples.relativeError(gradient, expected.gradient(), slice.offset(), slice.length()))
          .as(slice.name())
          .isLessThan(TOLERANCE);
    }
    requireZeroOutsideOfRanges(network.gradient(), gradient);
  }

  private static void requireZeroOutsideOfRanges(Gradient ranges, float[] gradient) {
    int end = 0;
    for (int i = 0; i < ranges.rangeCount(); i++) {
      assertThat(ranges.rangeFrom(i)).as("ascending").isGreaterThanOrEqualTo(end);
      int from = ranges.rangeFrom(i);
      assertThat(Arrays.copyOfRange(gradient, end, from)).isEqualTo(new float[from - end]);
      end = ranges.rangeFrom(i) + ranges.rangeLength(i);
    }
    assertThat(end).isEqualTo(gradient.length);
    assertThat(ranges.rangeCount()).isGreaterThan(2);
  }

  /** What PaddingTest says of other inputs: ids behind the end of a word or a sequence. */
  @ParameterizedTest
  @MethodSource("everyNetwork")
  void whatStandsBehindAnEndChangesNothing(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    minibatch.lengths()[1] = 2;
    for (int t = 2; t < STEPS; t++) {
      minibatch.targets()[t * BATCH + 1] = Minibatch.NO_TARGET;
    }
    int from = spec.idColumns().indexOf(9);
    try (Network network = network(spec)) {
      Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
      float[] gradient = network.gradient().values().toArray();
      ReferenceNetwork expected = reference(network, minibatch);
      assertThat(loss.sum()).isCloseTo(expected.loss(), within(TOLERANCE * expected.loss()));
      for (int row = 0; row < STEPS * BATCH; row++) {
        boolean padding = row / BATCH >= minibatch.lengths()[row % BATCH];
        for (int c = padding ? 0 : 1 + row % (CHARACTERS + 1); c < CHARACTERS; c++) {
          minibatch.inputs()[row * minibatch.columns() + from + c] = 8;
        }
      }
      assertThat(network.lossAndGradient(minibatch, network.newState(), RANDOM)).isEqualTo(loss);
      assertThat(network.gradient().values().toArray())
          .usingComparatorWithPrecision(0f)
          .containsExactly(gradient);
    }
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void evaluationHasTheSameBits(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    for (ElementType precision : ElementType.values()) {
      try (Network training = filled(new Network(spec, Kernels.best(), precision, STEPS, BATCH));
          Network evaluation =
              filled(Network.forEvaluation(spec, Kernels.best(), precision, STEPS, BATCH))) {
        var expected = new float[STEPS * BATCH * 6];
        training.logits(minibatch, training.newState(), expected);
        var logits = new float[expected.length];
        evaluation.logits(minibatch, evaluation.newState(), logits);
        assertThat(logits).isEqualTo(expected);
        assertThat(evaluation.nativeBytes()).isLessThan(training.nativeBytes());
      }
    }
  }

  /** A shorter network beside it clears what the longer one touched. */
  @Test
  void networksOfSeveralStepsShareTheGradient() {
    NetworkSpec spec = new NetworkSpec(List.of(WORDS, new Dense(8, "tanh")), TAGGER);
    try (Network both =
            filled(
                new Network(spec, Kernels.best(), ElementType.FLOAT32, List.of(1, STEPS), BATCH));
        Network alone = filled(new Network(spec, Kernels.best(), ElementType.FLOAT32, 1, BATCH))) {
      both.lossAndGradient(minibatch(spec), both.newState(), RANDOM);
      Minibatch one = Samples.minibatch(spec, 1, BATCH, RANDOM.derive("other"));
      both.forSteps(1).lossAndGradient(one, both.newState(), RANDOM);
      alone.lossAndGradient(one, alone.newState(), RANDOM);
      assertThat(both.gradient().values().toArray()).isEqualTo(alone.gradient().values().toArray());
    }
  }

  @Test
  void anIdOutsideOfItsColumnIsNamed() {
    NetworkSpec spec = new NetworkSpec(List.of(WORDS), TAGGER);
    try (Network network = network(spec)) {
      Minibatch minibatch = minibatch(spec);
      minibatch.inputs()[4 * minibatch.columns() + 6] = 4;
      assertThatThrownBy(() -> network.loss(minibatch, network.newState(), new double[BATCH]))
          .hasMessage(
              "network: input column 6: id 4 at step 1 of sequence 1 is outside a vocabulary of 4");
      assertThatThrownBy(
              () ->
                  network.loss(new Minibatch(STEPS, BATCH), network.newState(), new double[BATCH]))
          .hasMessageContaining(
              "a minibatch of 1 ids and 0 values in each step, the network takes 7");
    }
  }

  @Test
  void describesItself() {
    NetworkSpec spec = new NetworkSpec(List.of(WORDS), TAGGER);
    assertThat(spec.idColumns()).containsExactly(30, 9, 9, 9, 9, 9, 4);
    assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
    assertThat(spec.toJson().replaceAll("\\s", ""))
        .startsWith(
            ("{'layers':[{'type':'columns','parts':[{'type':'embedding','vocabulary':30,'units':7},"
                    + "{'type':'characters','alphabet':9,'length':5,'units':6,'cell':{'name':'lstm',")
                .replace('\'', '"'));
    assertThat(Network.layout(spec).slices())
        .extracting(slice -> slice.name() + slice.shape())
        .containsExactly(
            "columns.0.weight[30, 7]",
            "columns.1.weight[9, 6]",
            "columns.1.forward.input_weight[6, 20]",
            "columns.1.forward.recurrent_weight[5, 20]",
            "columns.1.forward.bias[20]",
            "columns.1.backward.input_weight[6, 20]",
            "columns.1.backward.recurrent_weight[5, 20]",
            "columns.1.backward.bias[20]",
            "columns.2.weight[4, 3]",
            "head.weight[20, 6]",
            "head.bias[6]");
    assertThatThrownBy(() -> new Columns(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new Columns(List.of(new Values(2), new Values(3))))
        .hasMessageContaining("one at most that takes values");
    assertThatThrownBy(() -> new Characters(1, 5, 6, CellSpec.of("lstm", 5)))
        .hasMessage("alphabet = 1: must be >= 2");
  }
}
