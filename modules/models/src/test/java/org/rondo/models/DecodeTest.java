package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;

/** What networks predict. */
class DecodeTest {
  private static final CounterRandom RANDOM = CounterRandom.of(41);
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int CLASSES = 5;

  private static Network network(NetworkSpec spec) {
    var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  private static NetworkSpec spec(String head) {
    return RecurrentStack.of(CellSpec.of("lstm", 6), 1, 0).network(9, new HeadSpec(head, CLASSES));
  }

  private static Minibatch minibatch(NetworkSpec spec) {
    Minibatch minibatch = Samples.minibatch(spec, STEPS, BATCH, RANDOM);
    Arrays.fill(minibatch.targets(), Minibatch.NO_TARGET);
    System.arraycopy(new int[] {4, 2, 0}, 0, minibatch.lengths(), 0, BATCH);
    return minibatch;
  }

  @ParameterizedTest
  @CsvSource({"tagger", "classifier", "language-model"})
  void theClassOfLargestLogitIsPredictedWithinTheSequences(String head) {
    NetworkSpec spec = spec(head);
    Minibatch minibatch = minibatch(spec);
    try (Network network = network(spec)) {
      HiddenState state = network.newState();
      HiddenState same = network.newState();
      var logits = new float[network.predictions() * CLASSES];
      network.logits(minibatch, same, logits);
      var classes = new int[network.predictions()];

      network.decode(minibatch, state, classes);

      assertThat(state.values()).isEqualTo(same.values());
      for (int row = 0; row < classes.length; row++) {
        if (row / BATCH >= minibatch.lengths()[row % BATCH]) {
          assertThat(classes[row]).isEqualTo(Minibatch.NO_TARGET);
        } else {
          for (int j = 0; j < CLASSES; j++) {
            assertThat(logits[row * CLASSES + j])
                .isLessThanOrEqualTo(logits[row * CLASSES + classes[row]]);
          }
        }
      }
    }
  }

  /** What it sees says nothing, so that only neighbours tell which tag comes next. */
  @Test
  void aCrfLearnsWhichTagFollowsWhich() {
    var spec = new NetworkSpec(List.of(new Values(1)), new HeadSpec("crf", 3));
    Minibatch minibatch = Minibatch.forNetwork(spec, STEPS, BATCH);
    int[] lengths = {4, 3, 1};
    System.arraycopy(lengths, 0, minibatch.lengths(), 0, BATCH);
    int[] expected = new int[STEPS * BATCH];
    for (int row = 0; row < expected.length; row++) {
      boolean inside = row / BATCH < lengths[row % BATCH];
      expected[row] = inside ? (1 + row / BATCH) % 3 : Minibatch.NO_TARGET;
      minibatch.targets()[row] = expected[row];
    }
    try (Network network = network(spec)) {
      network.parameters().set(new float[network.parameters().layout().length()]);
      for (int i = 0; i < 100; i++) {
        network.parametersChanged();
        network.lossAndGradient(minibatch, network.newState(), RANDOM);
        float[] values = network.parameters().toArray();
        float[] gradient = network.gradient().values().toArray();
        for (int p = 0; p < values.length; p++) {
          values[p] -= 2 * gradient[p];
        }
        network.parameters().set(values);
      }
      network.parametersChanged();
      Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
      assertThat(loss.tokens()).isEqualTo(8);
      assertThat(loss.mean()).isBetween(0.0, 0.05);
      var tags = new int[STEPS * BATCH];
      network.decode(minibatch, network.newState(), tags);
      assertThat(tags).isEqualTo(expected);
    }
  }

  @Test
  void argumentsThatDoNotFitAreNamed() {
    try (Network network = network(spec("tagger"))) {
      Minibatch minibatch = minibatch(spec("tagger"));
      assertThatThrownBy(() -> network.decode(minibatch, network.newState(), new int[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "network: 3 classes of the head tagger, which makes 12 predictions of classes");
    }
    NetworkSpec regression = spec("regression");
    try (Network network = network(regression)) {
      Minibatch minibatch = minibatch(regression);
      assertThatThrownBy(() -> network.decode(minibatch, network.newState(), new int[12]))
          .hasMessage(
              "network: 12 classes of the head regression, which makes 12 predictions of values");
    }
  }
}
