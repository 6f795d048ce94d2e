package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.rondo.models.heads.Pooling;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;
import org.rondo.models.parameters.ParameterLayout;

/** Sequences of several lengths in one padded minibatch against the same sequences one by one. */
class PaddingTest {
  private static final CounterRandom RANDOM = CounterRandom.of(17);
  private static final int STEPS = 7;
  private static final int[] LENGTHS = {7, 0, 3, 1, 5};
  private static final int BATCH = LENGTHS.length;
  private static final int VOCABULARY = 11;
  private static final int CLASSES = 4;
  private static final int UNITS = 6;

  /** Of float32 sums of some dozen terms in another order. */
  private static final double TOLERANCE = 1e-5;

  static Stream<NetworkSpec> everyNetwork() {
    var tagger = new HeadSpec("tagger", CLASSES);
    Stream<NetworkSpec> everyCell =
        CellVariants.of(UNITS).stream()
            .filter(cell -> cell.outputWidth() == UNITS) // as part() cuts states
            .filter(cell -> !cell.options().flag("layer_norm")) // multiplies rounding by hundreds
            .flatMap(PaddingTest::stacks)
            .map(stack -> stack.network(VOCABULARY, tagger));
    CellSpec lstm = CellSpec.of("lstm", UNITS);
    Stream<NetworkSpec> everyPooling =
        Pooling.names().stream()
            .map(name -> new HeadSpec("classifier", CLASSES, new Options(Map.of("pooling", name))))
            .flatMap(head -> stacks(lstm).map(stack -> stack.network(VOCABULARY, head)));
    Stream<NetworkSpec> languageModel =
        Stream.of(RecurrentStack.languageModel(VOCABULARY, lstm, 2, 0));
    Stream<NetworkSpec> everyCrf =
        stacks(lstm).map(stack -> stack.network(VOCABULARY, new HeadSpec("crf", CLASSES)));
    Stream<NetworkSpec> decoders =
        Stream.of("dot", "general", "additive")
            .map(name -> new HeadSpec("decoder", CLASSES, new Options(Map.of("attention", name))))
            .map(head -> new RecurrentStack(lstm, 1, 0, false, true).network(VOCABULARY, head));
    return Stream.of(everyCell, everyPooling, languageModel, everyCrf, ofValues(lstm), decoders)
        .flatMap(networks -> networks);
  }

  /** Dense layers below and above a recurrence, which their padding must not reach. */
  private static Stream<NetworkSpec> ofValues(CellSpec cell) {
    List<LayerSpec> layers =
        List.of(
            new Values(3),
            new Dense(UNITS, "sigmoid"),
            new Bidirectional(cell),
            new Dense(UNITS, "tanh"));
    return Stream.concat(Stream.of("none"), Pooling.names().stream())
        .map(name -> new HeadSpec("regression", 2, new Options(Map.of("pooling", name))))
        .map(head -> new NetworkSpec(layers, head));
  }

  /** Whether targets stand at last steps alone. */
  private static boolean pools(HeadSpec head) {
    String byDefault = head.type().equals("classifier") ? "last" : "none";
    return !head.options().values().getOrDefault("pooling", byDefault).equals("none");
  }

  /** All but those of rectified units, which rounding may switch on and off. */
  static Stream<NetworkSpec> everySmoothNetwork() {
    return everyNetwork().filter(spec -> !spec.toJson().contains("relu"));
  }

  private static Stream<RecurrentStack> stacks(CellSpec cell) {
    return Stream.of(
        RecurrentStack.of(cell, 1, 0),
        new RecurrentStack(cell, 2, 0, true, false),
        new RecurrentStack(cell, 2, 0, false, true),
        new RecurrentStack(cell, 2, 0, true, true));
  }

  private static Network network(NetworkSpec spec, int steps, int batch) {
    return network(spec, ElementType.FLOAT32, steps, batch);
  }

  private static Network network(NetworkSpec spec, ElementType precision, int steps, int batch) {
    var network = new Network(spec, Kernels.best(), precision, steps, batch);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  private static Minibatch minibatch(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    int classes = spec.targetValues() > 0 ? 1 : CLASSES;
    System.arraycopy(LENGTHS, 0, minibatch.lengths(), 0, BATCH);
    for (int row = 0; row < minibatch.targets().length; row++) {
      int last = pools(spec.head()) ? Math.min(LENGTHS[row], 1) - 1 : LENGTHS[row % BATCH] - 1;
      if (row / BATCH > last) {
        minibatch.targets()[row] = Minibatch.NO_TARGET;
      } else if (row / BATCH == last) {
        minibatch.targets()[row] = row % classes;
      }
    }
    return minibatch;
  }

  private static Minibatch alone(NetworkSpec spec, Minibatch minibatch, int b) {
    Minibatch alone = Minibatch.forNetwork(spec, LENGTHS[b], 1);
    int columns = minibatch.columns();
    int width = spec.inputValues();
    int outputs = spec.targetValues();
    for (int t = 0; t < LENGTHS[b]; t++) {
      int row = t * BATCH + b;
      System.arraycopy(minibatch.inputs(), row * columns, alone.inputs(), t * columns, columns);
      System.arraycopy(minibatch.values(), row * width, alone.values(), t * width, width);
    }
    for (int i = 0; i < alone.targets().length; i++) {
      int row = i * BATCH + b;
      alone.targets()[i] = minibatch.targets()[row];
      System.arraycopy(
          minibatch.valueTargets(), row * outputs, alone.valueTargets(), i * outputs, outputs);
    }
    return alone;
  }

  /** Sequence b's part of the states of all. */
  private static float[] part(float[] all, int b) {
    var part = new float[all.length / BATCH];
    for (int slot = 0; slot < part.length; slot += UNITS) {
      System.arraycopy(all, slot * BATCH + b * UNITS, part, slot, UNITS);
    }
    return part;
  }

  /**
   * An operand that nobody rounded would be zeros, and the gradients of its products with it: off
   * by all of their length. Rounding to 8 bits takes a few hundredths of it.
   */
  @ParameterizedTest
  @MethodSource("everySmoothNetwork")
  void bfloat16GivesEveryGradientItsDirection(NetworkSpec spec) {
    float[] exact = gradient(spec, ElementType.FLOAT32);
    float[] rounded = gradient(spec, ElementType.BFLOAT16);
    for (ParameterLayout.Slice slice : Network.layout(spec).slices()) {
      double difference = 0;
      double length = 0;
      for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
        difference += Math.pow(rounded[i] - exact[i], 2);
        length += Math.pow(exact[i], 2);
      }
      assertThat(Math.sqrt(difference))
          .as(slice.name())
          .isLessThanOrEqualTo(0.3 * Math.sqrt(length));
    }
  }

  private static float[] gradient(NetworkSpec spec, ElementType precision) {
    try (Network network = network(spec, precision, STEPS, BATCH)) {
      network.lossAndGradient(minibatch(spec), network.newState(), RANDOM);
      return network.gradient().values().toArray();
    }
  }

  /** Every unit at least triples at each step, so h is infinite long before the padding ends. */
  @Test
  void statesThatRunAwayInThePaddingSpoilNoGradient() {
    var relu = new CellSpec("vanilla", 3, new Options(Map.of("activation", "relu")));
    NetworkSpec spec = RecurrentStack.languageModel(5, relu, 2, 0);
    var ones = new float[Network.layout(spec).length()];
    Arrays.fill(ones, 1f);
    float[] expected = gradientOfTwoSteps(spec, ones, 2);
    assertThat(expected).doesNotContain(Float.NaN);
    assertThat(gradientOfTwoSteps(spec, ones, 100)).containsExactly(expected, within(1e-5f));
  }

  private static float[] gradientOfTwoSteps(NetworkSpec spec, float[] parameters, int steps) {
    var minibatch = new Minibatch(steps, 1);
    minibatch.lengths()[0] = 2;
    minibatch.targets()[1] = 3;
    try (var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, steps, 1)) {
      network.parameters().set(parameters);
      network.parametersChanged();
      network.lossAndGradient(minibatch, network.newState(), RANDOM);
      return network.gradient().values().toArray();
    }
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void lossGradientAndStatesAreThoseOfTheSequencesOneByOne(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    int targets = minibatch.targetCount();
    try (Network padded = network(spec, STEPS, BATCH)) {
      HiddenState state = padded.newState();
      float[] before = Samples.floats(state.values().length, 0.5, RANDOM.derive("state"));
      System.arraycopy(before, 0, state.values(), 0, before.length);
      double loss = 0;
      var gradient = new double[padded.parameters().layout().length()];

      Loss actual = padded.lossAndGradient(minibatch, state, RANDOM);

      for (int b = 0; b < BATCH; b++) {
        if (LENGTHS[b] == 0) {
          assertThat(part(state.values(), b))
              .as("a sequence of length 0 leaves its state")
              .isEqualTo(part(before, b));
          continue;
        }
        try (Network single = network(spec, LENGTHS[b], 1)) {
          HiddenState own = single.newState();
          System.arraycopy(part(before, b), 0, own.values(), 0, own.values().length);
          Loss part = single.lossAndGradient(alone(spec, minibatch, b), own, RANDOM);
          loss += part.sum();
          float[] values = single.gradient().values().toArray();
          for (int i = 0; i < values.length; i++) {
            gradient[i] += (double) values[i] * part.tokens() / targets;
          }
          assertThat(part(state.values(), b))
              .as("state of sequence %d", b)
              .usingComparatorWithPrecision((float) TOLERANCE)
              .containsExactly(own.values());
        }
      }
      assertThat(actual.tokens()).isEqualTo(targets);
      assertThat(actual.sum()).isCloseTo(loss, within(TOLERANCE * loss));
      assertAgrees(padded, gradient);
    }
  }

  private static void assertAgrees(Network network, double[] expected) {
    float[] actual = network.gradient().values().toArray();
    for (ParameterLayout.Slice slice : network.parameters().layout().slices()) {
      assertThat(Samples.relativeError(actual, expected, slice.offset(), slice.length()))
          .as(slice.name())
          .isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void lossesAndPredictionsAreThoseOfTheSequencesOneByOne(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    int classes = spec.scores();
    try (Network padded = network(spec, STEPS, BATCH)) {
      var sums = new double[BATCH];
      padded.loss(minibatch, padded.newState(), sums);
      var logits = new float[padded.predictions() * classes];
      padded.logits(minibatch, padded.newState(), logits);
      for (int b = 0; b < BATCH; b++) {
        if (LENGTHS[b] == 0) {
          assertThat(sums[b]).isZero();
          continue;
        }
        try (Network single = network(spec, LENGTHS[b], 1)) {
          var sum = new double[1];
          single.loss(alone(spec, minibatch, b), single.newState(), sum);
          assertThat(sums[b]).isCloseTo(sum[0], within(TOLERANCE * sum[0]));
          var own = new float[single.predictions() * classes];
          single.logits(alone(spec, minibatch, b), single.newState(), own);
          for (int row = 0; row < single.predictions(); row++) {
            int from = (row * BATCH + b) * classes;
            assertThat(Arrays.copyOfRange(logits, from, from + classes))
                .usingComparatorWithPrecision((float) TOLERANCE)
                .containsExactly(Arrays.copyOfRange(own, row * classes, (row + 1) * classes));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void idsInThePaddingChangeNothing(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    try (Network network = network(spec, STEPS, BATCH)) {
      HiddenState state = network.newState();
      Loss loss = network.lossAndGradient(minibatch, state, RANDOM);
      double[] gradient = Samples.doubles(network.gradient().values().toArray());
      for (int row = 0; row < STEPS * BATCH; row++) {
        if (row / BATCH >= LENGTHS[row % BATCH]) {
          for (int k = 0; k < minibatch.columns(); k++) {
            int at = row * minibatch.columns() + k;
            minibatch.inputs()[at] = (minibatch.inputs()[at] + 1) % spec.idColumns().get(k);
          }
        }
      }
      HiddenState again = network.newState();
      assertThat(network.lossAndGradient(minibatch, again, RANDOM)).isEqualTo(loss);
      assertThat(again.values()).isEqualTo(state.values());
      // By value: zeros of both signs are the same.
      float[] same = network.gradient().values().toArray();
      assertThat(Samples.relativeError(same, gradient, 0, same.length)).isZero();
    }
  }
}
