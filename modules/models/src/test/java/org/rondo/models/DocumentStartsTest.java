package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Regularizers;
import org.rondo.testkit.GradientCheck;

/** Minibatches in which documents end and begin, against the documents one by one. */
class DocumentStartsTest {
  private static final CounterRandom RANDOM = CounterRandom.of(5);
  private static final Kernels KERNELS = Kernels.choose("java", "java");
  private static final int VOCABULARY = 7;
  private static final int START = 3;
  private static final int STEPS = 7;
  private static final int BATCH = 3;

  /** A document of a stream, from a hidden state of zeros but for one that began earlier. */
  private record Document(int stream, int from, int to) {}

  static Stream<NetworkSpec> everyNetwork() {
    return CellVariants.of(4).stream()
        .map(cell -> RecurrentStack.languageModel(VOCABULARY, cell, 2, 0))
        .map(spec -> spec.startingDocumentsAt(START));
  }

  /** Documents of one step and more, at the first step, at the last one, and none at all. */
  private static Minibatch minibatch(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    for (int row = 0; row < STEPS * BATCH; row++) {
      if (minibatch.inputs()[row] == START) {
        minibatch.inputs()[row] = 0;
      }
    }
    for (int row : new int[] {0, 2 * BATCH, 3 * BATCH, 2 * BATCH + 1, 6 * BATCH + 1}) {
      minibatch.inputs()[row] = START;
    }
    return minibatch;
  }

  private static List<Document> documents(Minibatch minibatch) {
    var all = new ArrayList<Document>();
    for (int b = 0; b < BATCH; b++) {
      int from = 0;
      for (int t = 1; t <= STEPS; t++) {
        if (t == STEPS || minibatch.inputs()[t * BATCH + b] == START) {
          all.add(new Document(b, from, t));
          from = t;
        }
      }
    }
    return all;
  }

  /** That document at the first steps of its stream, with padding everywhere else. */
  private static Minibatch alone(Minibatch minibatch, Document document, int steps, int batch) {
    var alone = new Minibatch(steps, batch);
    alone.clear();
    int stream = batch == 1 ? 0 : document.stream();
    alone.lengths()[stream] = document.to() - document.from();
    for (int t = document.from(); t < document.to(); t++) {
      int row = (t - document.from()) * batch + stream;
      alone.inputs()[row] = minibatch.inputs()[t * BATCH + document.stream()];
      alone.targets()[row] = minibatch.targets()[t * BATCH + document.stream()];
    }
    return alone;
  }

  private static Network network(NetworkSpec spec, ElementType precision) {
    var network = new Network(spec, KERNELS, precision, STEPS, BATCH);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  private static boolean goesOn(Minibatch minibatch, Document document) {
    return minibatch.inputs()[document.from() * BATCH + document.stream()] != START;
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void lossGradientAndStateAreThoseOfTheDocumentsOneByOne(NetworkSpec spec) {
    Minibatch minibatch = minibatch(spec);
    var joined = new NetworkSpec(spec.layers(), spec.head());
    double[] parameters = Samples.doubles(Samples.parameters(spec, RANDOM));
    try (Network network = network(spec, ElementType.FLOAT32)) {
      HiddenState state = network.newState();
      float[] carried = Samples.floats(state.values().length, 0.5, RANDOM.derive("state"));
      System.arraycopy(carried, 0, state.values(), 0, carried.length);
      Loss actual = network.lossAndGradient(minibatch, state, RANDOM);
      double loss = 0;
      var gradient = new double[parameters.length];
      for (Document document : documents(minibatch)) {
        float[] before = row(network, carried, document.stream());
        Minibatch alone = alone(minibatch, document, document.to() - document.from(), 1);
        ReferenceNetwork one =
            ReferenceNetwork.run(
                joined,
                parameters,
                alone,
                goesOn(minibatch, document) ? Samples.doubles(before) : new double[before.length],
                List.of());
        loss += one.loss();
        for (int i = 0; i < gradient.length && alone.targetCount() > 0; i++) {
          gradient[i] += one.gradient()[i] * alone.targetCount() / minibatch.targetCount();
        }
        if (document.to() == STEPS) {
          float[] after = row(network, state.values(), document.stream());
          assertThat(Samples.relativeError(after, one.state(), 0, after.length)).isLessThan(1e-4);
        }
      }
      assertThat(actual.sum()).isCloseTo(loss, within(1e-4 * loss));
      float[] values = network.gradient().values().toArray();
      network
          .parameters()
          .layout()
          .slices()
          .forEach(
              slice ->
                  assertThat(
                          Samples.relativeError(values, gradient, slice.offset(), slice.length()))
                      .as(slice.name())
                      .isLessThan(1e-3));
    }
  }

  private static float[] row(Network network, float[] values, int stream) {
    HiddenState state = network.newState();
    System.arraycopy(values, 0, state.values(), 0, values.length);
    var one = new float[values.length / BATCH];
    network.stateRows().read(state, stream, one);
    return one;
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void evaluationHasTheBitsOfTheDocumentsOneByOne(ElementType precision) {
    everyNetwork().forEach(spec -> checkBits(spec, precision));
  }

  private static void checkBits(NetworkSpec spec, ElementType precision) {
    Minibatch minibatch = minibatch(spec);
    var joined = new NetworkSpec(spec.layers(), spec.head());
    try (Network network = network(spec, precision);
        Network plain = network(joined, precision)) {
      double[] losses = losses(network, minibatch);
      for (Document document : documents(minibatch)) {
        double[] own = losses(plain, alone(minibatch, document, STEPS, BATCH));
        for (int t = document.from(); t < document.to(); t++) {
          assertThat(losses[t * BATCH + document.stream()])
              .as("%s, %s, step %d", spec, document, t)
              .isEqualTo(own[(t - document.from()) * BATCH + document.stream()]);
        }
      }
    }
  }

  private static double[] losses(Network network, Minibatch minibatch) {
    var losses = new double[STEPS * BATCH];
    network.stepLosses(
        minibatch, network.newState(), losses, new float[losses.length * network.topWidth()]);
    return losses;
  }

  /** With everything that training adds, and padding. */
  @Test
  void gradientMatchesFiniteDifferences() {
    var regularizers = new Regularizers(0.3, 0.2, 0.3, true, 0.3, 0.4, 2, 1);
    NetworkSpec spec =
        new RecurrentStack(CellSpec.of("lstm", 5), 2, regularizers, true, false)
            .languageModel(VOCABULARY)
            .startingDocumentsAt(START);
    Minibatch minibatch = minibatch(spec);
    minibatch.lengths()[2] = 4;
    for (int row = 4 * BATCH + 2; row < STEPS * BATCH; row += BATCH) {
      minibatch.targets()[row] = Minibatch.NO_TARGET;
    }
    try (Network network = network(spec, ElementType.FLOAT32)) {
      loss(network, minibatch);
      assertThat(
              GradientCheck.maxRelativeError(
                  () -> loss(network, minibatch),
                  network.parameters().values(),
                  network.gradient().values(),
                  1e-2f,
                  1))
          .isLessThan(5e-3);
    }
  }

  private static double loss(Network network, Minibatch minibatch) {
    network.parametersChanged();
    return network.lossAndGradient(minibatch, network.newState(), RANDOM).mean()
        + network.penalty();
  }

  @Test
  void aStartIsAnIdOfTheInputAndWrittenBesideTheLayers() {
    NetworkSpec plain = RecurrentStack.languageModel(VOCABULARY, "gru", 1, 4, 0.5);
    NetworkSpec spec = plain.startingDocumentsAt(START);
    assertThat(spec.toJson()).contains("\"documentStart\" : 3");
    assertThat(NetworkSpec.fromJson(spec.toJson())).isEqualTo(spec);
    assertThat(spec.evaluated().documentStart()).isEqualTo(START);
    assertThat(plain.toJson()).doesNotContain("documentStart");
    assertThatThrownBy(() -> plain.startingDocumentsAt(VOCABULARY))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("must be an id of an input of one id in each step");
    NetworkSpec both =
        new RecurrentStack(CellSpec.of("gru", 4), 1, 0, false, true)
            .network(VOCABULARY, new HeadSpec("tagger", 2));
    assertThatThrownBy(() -> both.startingDocumentsAt(START))
        .hasMessageContaining("which cannot begin anew within a minibatch: gru, 4 units, in both");
  }
}
