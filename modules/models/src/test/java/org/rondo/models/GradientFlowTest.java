package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.cells.Cell;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;

class GradientFlowTest {
  private static final CounterRandom RANDOM = CounterRandom.of(13);
  private static final int UNITS = 9;

  static Stream<String> everyCell() {
    return Cell.ALL.members().values().stream().map(Cell::name);
  }

  private static Network network(NetworkSpec spec, int steps, int batch) {
    var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, steps, batch);
    network.parameters().set(Samples.parameters(spec, RANDOM));
    network.parametersChanged();
    return network;
  }

  /** What is carried over the border of two minibatches is h: moving it moves the loss behind. */
  @ParameterizedTest
  @MethodSource("everyCell")
  void normsAreThoseOfFiniteDifferencesOfTheHiddenState(String cell) {
    NetworkSpec spec = RecurrentStack.languageModel(11, cell, 1, UNITS, 0);
    int steps = 6;
    Minibatch minibatch = Samples.minibatch(spec, steps, 1, RANDOM);
    minibatch.targets()[steps - 1] = 3;
    double[][] flow;
    try (Network whole = network(spec, steps, 1)) {
      flow = whole.gradientFlow(minibatch, whole.newState(), RANDOM, 0);
    }

    assertThat(flow).hasDimensions(1, steps);
    try (Network single = network(spec, 1, 1)) {
      for (int k = 1; k < steps; k++) {
        double squares = 0;
        for (int unit = 0; unit < UNITS; unit++) {
          squares += StrictMath.pow(difference(single, minibatch, steps - 1 - k, unit), 2);
        }
        // The losses are float32 sums: their error of 1e-7 over the way of 0.02 is 5e-6.
        assertThat(flow[0][k]).as("k = %d", k).isCloseTo(Math.sqrt(squares), within(1e-4));
        assertThat(flow[0][k]).isGreaterThan(1e-3);
      }
    }
  }

  /** Central difference of the last step's loss by one unit of h after step {@code at}. */
  private static double difference(Network single, Minibatch minibatch, int at, int unit) {
    float way = 1e-2f;
    double above = lossOfLastStep(single, minibatch, at, unit, way);
    double below = lossOfLastStep(single, minibatch, at, unit, -way);
    return (above - below) / (2 * way);
  }

  private static double lossOfLastStep(
      Network single, Minibatch minibatch, int at, int unit, float move) {
    HiddenState state = single.newState();
    var step = new Minibatch(1, 1);
    var sums = new double[1];
    for (int t = 0; t < minibatch.steps(); t++) {
      step.inputs()[0] = minibatch.inputs()[t];
      step.targets()[0] = minibatch.targets()[t];
      sums[0] = 0;
      single.loss(step, state, sums);
      if (t == at) {
        state.values()[unit] += move;
      }
    }
    return sums[0];
  }

  static List<CellSpec> everyVariant() {
    return CellVariants.of(UNITS);
  }

  @ParameterizedTest
  @MethodSource("everyVariant")
  void stackedLayersAgreeWithTheDoublePrecisionReferenceFromEachSequencesOwnEnd(CellSpec cell) {
    NetworkSpec spec = RecurrentStack.languageModel(11, cell, 2, 0.3);
    int batch = 3;
    int[] ends = {6, 2, 4};
    var minibatch = new Minibatch(7, batch);
    var last = new Minibatch(7, batch);
    for (int row = 0; row < 7 * batch; row++) {
      minibatch.inputs()[row] = row % 11;
      last.inputs()[row] = row % 11;
      int step = row / batch;
      int end = ends[row % batch];
      minibatch.targets()[row] = step <= end ? row % 5 : Minibatch.NO_TARGET;
      last.targets()[row] = step == end ? row % 5 : Minibatch.NO_TARGET;
    }
    try (Network network = network(spec, 7, batch)) {
      HiddenState state = network.newState();
      List<double[]> expected =
          ReferenceNetwork.run(
                  spec,
                  Samples.doubles(network.parameters().toArray()),
                  last,
                  Samples.doubles(state.values()),
                  Samples.masks(spec, 7 * batch, RANDOM))
              .hiddenGradients();

      double[][] flow = network.gradientFlow(minibatch, state, RANDOM, 0);

      assertThat(flow).hasDimensions(2, 7);
      for (int layer = 0; layer < 2; layer++) {
        for (int k = 0; k < 7; k++) {
          // Float32 sums of a few dozen terms: errors of some 1e-6.
          assertThat(flow[layer][k])
              .as("layer %d, k = %d", layer, k)
              .isCloseTo(norm(expected.get(layer), ends, k), Percentage.withPercentage(0.01));
        }
      }
    }
  }

  /** Root mean square over the sequences that are long enough; each has a third of the loss. */
  private static double norm(double[] gradient, int[] ends, int k) {
    int width = gradient.length / (7 * ends.length);
    double squares = 0;
    int reached = 0;
    for (int b = 0; b < ends.length; b++) {
      if (ends[b] < k) {
        continue;
      }
      reached++;
      for (int unit = 0; unit < width; unit++) {
        int row = (ends[b] - k) * ends.length + b;
        squares += StrictMath.pow(ends.length * gradient[row * width + unit], 2);
      }
    }
    return Math.sqrt(squares / reached);
  }

  @ParameterizedTest
  @MethodSource("everyCell")
  void measuringChangesNoBitOfTraining(String cell) {
    NetworkSpec spec = RecurrentStack.languageModel(30, cell, 2, UNITS, 0.3);
    Minibatch minibatch = Samples.minibatch(spec, 5, 4, RANDOM);
    Minibatch other = Samples.minibatch(spec, 5, 4, RANDOM.derive("other"));
    try (Network measured = network(spec, 5, 4);
        Network plain = network(spec, 5, 4)) {
      HiddenState state = measured.newState();
      HiddenState expected = plain.newState();
      for (Minibatch next : List.of(minibatch, other, minibatch)) {
        float[] before = state.values().clone();
        measured.gradientFlow(next, state, RANDOM, 0);
        assertThat(state.values()).isEqualTo(before);

        assertThat(measured.lossAndGradient(next, state, RANDOM))
            .isEqualTo(plain.lossAndGradient(next, expected, RANDOM));
        assertThat(measured.gradient().values().toArray())
            .isEqualTo(plain.gradient().values().toArray());
        assertThat(state.values()).isEqualTo(expected.values());
      }
    }
  }

  @Test
  void aMinibatchOfPaddingHasNoFlow() {
    NetworkSpec spec = RecurrentStack.languageModel(10, "lstm", 2, 4, 0);
    try (Network network = network(spec, 3, 2)) {
      assertThat(network.gradientFlow(new Minibatch(3, 2), network.newState(), RANDOM, 0))
          .isEqualTo(new double[2][0]);
    }
  }
}
