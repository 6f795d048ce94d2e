package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.heads.SpellingHead;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.parameters.Gradient;

/** Labels of a length of their own, where a sequence has more of them than steps, or fewer. */
class LabelsTest {
  private static final int STEPS = 2;
  private static final int BATCH = 4;
  private static final int NONE = Minibatch.NO_TARGET;
  private static final CounterRandom RANDOM = CounterRandom.of(5);
  private static final NetworkSpec SPEC =
      RecurrentStack.of(CellSpec.of("gru", 8), 1, 0).network(5, new HeadSpec("spelling", 4));

  /** {@code (U,B)}, of lengths 3, 1, 2 and 0. */
  private static final int[] LABELS = {3, 2, 0, NONE, 1, NONE, 0, NONE, 1, NONE, NONE, NONE};

  private static Minibatch minibatch() {
    Minibatch minibatch = Minibatch.forNetwork(SPEC, STEPS, BATCH);
    System.arraycopy(new int[] {0, 1, 2, 3, 4, 0, 3, 3}, 0, minibatch.inputs(), 0, 8);
    System.arraycopy(new int[] {2, 1, 2, 2}, 0, minibatch.lengths(), 0, BATCH);
    System.arraycopy(new int[] {3, 1, 2, 0}, 0, minibatch.labelLengths(), 0, BATCH);
    System.arraycopy(LABELS, 0, minibatch.targets(), 0, LABELS.length);
    return minibatch;
  }

  private static Network network() {
    var network = new Network(SPEC, Kernels.best(), ElementType.FLOAT32, STEPS, BATCH);
    network.parameters().set(Network.initialParameters(SPEC, 3));
    network.parametersChanged();
    return network;
  }

  @Test
  void areOfTheLengthThatTheHeadTakes() {
    Minibatch minibatch = Minibatch.forNetwork(SPEC, STEPS, BATCH);
    assertThat(minibatch.labels()).isEqualTo(SpellingHead.LABELS);
    assertThat(minibatch.targets()).hasSize(3 * BATCH).containsOnly(NONE);
    assertThat(minibatch.labelLengths()).containsExactly(3, 3, 3, 3);
    minibatch.clear();
    assertThat(minibatch.labelLengths()).containsOnly(0);
    var perStep = new Minibatch(STEPS, BATCH);
    assertThat(perStep.labels()).isZero();
    assertThat(perStep.targets()).hasSize(STEPS * BATCH);
    assertThat(perStep.labelLengths()).isEmpty();
  }

  @Test
  void ofUnequalLengthsAreLearned() {
    Minibatch minibatch = minibatch();
    try (Network network = network()) {
      for (int i = 0; i < 300; i++) {
        Loss loss = network.lossAndGradient(minibatch, network.newState(), RANDOM);
        assertThat(loss.tokens()).isEqualTo(3 + 1 + 2);
        descend(network);
      }
      var classes = new int[network.predictions()];
      network.decode(minibatch, network.newState(), classes);
      for (int row = 0; row < LABELS.length; row++) {
        if (LABELS[row] != NONE) {
          assertThat(classes[row]).as("row %d", row).isEqualTo(LABELS[row]);
        }
      }
      minibatch.lengths()[1] = 0;
      Arrays.fill(minibatch.targets(), NONE);
      network.decode(minibatch, network.newState(), classes);
      assertThat(List.of(classes[1], classes[1 + BATCH], classes[1 + 2 * BATCH]))
          .as("of a sequence without steps")
          .containsOnly(NONE);
      assertThat(classes[2 * BATCH]).as("more labels than steps").isEqualTo(1);
    }
  }

  private static void descend(Network network) {
    Gradient gradient = network.gradient();
    for (int i = 0; i < gradient.values().length(); i++) {
      float value = network.parameters().values().get(i);
      network.parameters().values().set(i, value - 0.5f * gradient.values().get(i));
    }
    network.parametersChanged();
  }

  /** The loss of all labels, from each sequence's last step back. */
  @Test
  void gradientsFlowBackFromTheLastStep() {
    try (Network network = network()) {
      double[][] flow = network.gradientFlow(minibatch(), network.newState(), RANDOM, 0);
      assertThat(flow).hasNumberOfRows(1);
      assertThat(flow[0]).hasSize(2);
      assertThat(flow[0][0]).isGreaterThan(flow[0][1]).isPositive();
    }
  }

  @Test
  void thatDoNotFitAreRefused() {
    try (Network network = network()) {
      assertRefused(
          network,
          new Minibatch(STEPS, BATCH),
          "a minibatch of 0 labels for each sequence, the network takes 3");
      Minibatch minibatch = minibatch();
      minibatch.labelLengths()[2] = 4;
      assertRefused(network, minibatch, "sequence 2 of 4 labels in a minibatch of U = 3");
      minibatch.labelLengths()[2] = 1;
      assertRefused(
          network, minibatch, "sequence 2 of length 2 and 1 labels has a target at label 1");
      minibatch.labelLengths()[2] = 2;
      minibatch.lengths()[0] = 0;
      assertRefused(
          network, minibatch, "sequence 0 of length 0 and 3 labels has a target at label 0");
      minibatch.lengths()[0] = 2;
      minibatch.targets()[4] = 4;
      assertRefused(
          network, minibatch, "target id 4 at label 1 of sequence 0 is outside a vocabulary of 4");
    }
  }

  private static void assertRefused(Network network, Minibatch minibatch, String why) {
    assertThatThrownBy(() -> network.loss(minibatch, network.newState(), new double[BATCH]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network: " + why);
  }
}
