package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Characters;
import org.rondo.models.layers.Columns;
import org.rondo.models.layers.Dense;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Values;

class ReferenceNetworkTest {
  private static final CounterRandom RANDOM = CounterRandom.of(11);

  private record Shape(int layers, double dropout, int steps, int batch) {}

  static Stream<Arguments> stacks() {
    return Stream.of(new Shape(1, 0, 1, 1), new Shape(2, 0, 3, 2), new Shape(2, 0.4, 3, 2))
        .flatMap(shape -> CellVariants.of(3).stream().map(cell -> Arguments.of(cell, shape)));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void gradientMatchesFiniteDifferences(CellSpec cell, Shape shape) {
    int stateLength =
        shape.layers()
            * shape.batch()
            * cell.cell().stateWidths(cell).stream().mapToInt(w -> w).sum();
    check(
        RecurrentStack.languageModel(5, cell, shape.layers(), shape.dropout()),
        shape.steps(),
        shape.batch(),
        stateLength);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "tanh", "relu", "sigmoid"})
  void gradientOfValuesAndDenseLayersMatchesFiniteDifferences(String activation) {
    List<LayerSpec> layers =
        List.of(
            new Values(2),
            new Dense(3, activation),
            new Recurrent(CellSpec.of("vanilla", 4)),
            new Dense(3, activation));
    check(new NetworkSpec(layers, new HeadSpec("regression", 2)), 3, 2, 2 * 4);
    check(new NetworkSpec(layers, new HeadSpec("tagger", 5)), 3, 2, 2 * 4);
  }

  @Test
  void gradientOfColumnsMatchesFiniteDifferences() {
    var characters = new Characters(4, 3, 2, CellSpec.of("lstm", 2));
    List<LayerSpec> layers =
        List.of(new Columns(List.of(new Embedding(5, 2), characters)), new Dense(3, "tanh"));
    check(new NetworkSpec(layers, new HeadSpec("tagger", 5)), 3, 2, 0);
  }

  private static void check(NetworkSpec spec, int steps, int batch, int stateLength) {
    double[] parameters = Samples.doubles(Samples.parameters(spec, RANDOM));
    Minibatch minibatch = Samples.minibatch(spec, steps, batch, RANDOM);
    double[] state = Samples.doubles(Samples.floats(stateLength, 0.5, RANDOM.derive("state")));
    List<double[]> masks = Samples.masks(spec, steps * batch, RANDOM);

    double[] gradient = ReferenceNetwork.run(spec, parameters, minibatch, state, masks).gradient();

    // The step's error is of order step^2 = 1e-10, that of rounding 1e-16 / step = 1e-11.
    double step = 1e-5;
    for (int i = 0; i < parameters.length; i++) {
      double at = parameters[i];
      parameters[i] = at + step;
      double above = ReferenceNetwork.run(spec, parameters, minibatch, state, masks).loss();
      parameters[i] = at - step;
      double below = ReferenceNetwork.run(spec, parameters, minibatch, state, masks).loss();
      parameters[i] = at;
      double difference = (above - below) / (2 * step * minibatch.targetCount());
      assertThat(Math.abs(gradient[i] - difference) / Math.max(1e-3, Math.abs(difference)))
          .as("parameter %d: gradient %s, difference %s", i, gradient[i], difference)
          .isLessThan(1e-5);
    }
  }
}
