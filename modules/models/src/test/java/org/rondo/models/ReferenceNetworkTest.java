package org.rondo.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.kernels.CounterRandom;

class ReferenceNetworkTest {
  private static final CounterRandom RANDOM = CounterRandom.of(11);

  @ParameterizedTest(name = "{0} layers, dropout {1}, T = {2}, B = {3}")
  @CsvSource({"1, 0, 1, 1", "2, 0, 3, 2", "2, 0.4, 3, 2"})
  void gradientMatchesFiniteDifferences(int layers, double dropout, int steps, int batch) {
    NetworkSpec spec = NetworkSpec.languageModel(5, "lstm", layers, 3, dropout);
    double[] parameters = Samples.doubles(Samples.parameters(spec, RANDOM));
    Minibatch minibatch = Samples.minibatch(spec, steps, batch, RANDOM);
    int stateLength = 2 * layers * 3 * batch;
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
