package org.rondo.models.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Embedding;
import org.rondo.models.layers.Recurrent;
import org.rondo.models.parameters.Gradient;
import org.rondo.testkit.GradientCheck;
import org.rondo.testkit.Seeds;

/** Against the loss worked out row by row in double, and finite differences. */
class SampledSoftmaxTest {
  private static final int CLASSES = 40;
  private static final int WIDTH = 5;
  private static final int SAMPLES = 12;
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final CounterRandom RANDOM = CounterRandom.of(5);
  private static final Kernels KERNELS = Kernels.best();

  private static final NetworkSpec SAMPLED = network("tied", "true", "samples", "" + SAMPLES);
  private static final NetworkSpec FULL = network("tied", "true");

  private static NetworkSpec network(String... options) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < options.length; i += 2) {
      values.put(options[i], options[i + 1]);
    }
    return new NetworkSpec(
        List.of(new Embedding(CLASSES, WIDTH), new Recurrent(CellSpec.of("vanilla", WIDTH))),
        new HeadSpec("language-model", CLASSES, new Options(values)));
  }

  private static Network training(ElementType precision, Integer... steps) {
    return filled(new Network(SAMPLED, KERNELS, precision, List.of(steps), BATCH));
  }

  private static Network filled(Network network) {
    Seeds.fill(network.parameters().values(), "parameters", 1f);
    network.parametersChanged();
    return network;
  }

  /** Of low ids, some of them twice; the last sequence ends early. */
  private static Minibatch minibatch(int steps, int most) {
    var minibatch = new Minibatch(steps, BATCH);
    System.arraycopy(
        Seeds.numbers("inputs", steps * BATCH, most), 0, minibatch.inputs(), 0, steps * BATCH);
    System.arraycopy(
        Seeds.numbers("targets", steps * BATCH, most), 0, minibatch.targets(), 0, steps * BATCH);
    minibatch.targets()[BATCH - 1] = 0; // which is drawn most likely
    minibatch.lengths()[BATCH - 1] = 1;
    for (int t = 1; t < steps; t++) {
      minibatch.targets()[t * BATCH + BATCH - 1] = Minibatch.NO_TARGET;
    }
    return minibatch;
  }

  /** The classes that a minibatch is given, by the inverse of the distribution's sum. */
  private static int[] drawn(CounterRandom random) {
    var drawn = new int[SAMPLES];
    for (int j = 0; j < SAMPLES; j++) {
      double place = random.derive("samples").uniform(j);
      int v = 0;
      while (Math.log(v + 2.0) / Math.log(CLASSES + 1.0) <= place) {
        v++;
      }
      drawn[j] = v;
    }
    return drawn;
  }

  private static double expected(int v) {
    return SAMPLES * Math.log((v + 2.0) / (v + 1.0)) / Math.log(CLASSES + 1.0);
  }

  @Test
  void lossIsThatOfTheTargetAmongTheDrawnClasses() {
    Minibatch minibatch = minibatch(STEPS, 20);
    var top = new float[STEPS * BATCH * WIDTH];
    try (Network network = training(ElementType.FLOAT32, STEPS);
        Network full =
            filled(Network.forEvaluation(FULL, KERNELS, ElementType.FLOAT32, STEPS, BATCH))) {
      full.stepLosses(minibatch, full.newState(), new double[STEPS * BATCH], top);
      float[] parameters = network.parameters().toArray();
      int bias = network.parameters().layout().slice("head.bias").offset();
      int[] drawn = drawn(RANDOM);
      double expected = 0;
      boolean hit = false;
      for (int row = 0; row < STEPS * BATCH; row++) {
        int target = minibatch.targets()[row];
        if (target < 0) {
          continue;
        }
        double own = Math.exp(score(parameters, bias, top, row, target));
        double sum = own;
        for (int v : drawn) {
          hit |= v == target;
          sum += v == target ? 0 : Math.exp(score(parameters, bias, top, row, v));
        }
        expected -= Math.log(own / sum);
      }
      assertThat(hit).as("a draw hits a target").isTrue();
      double loss = network.lossAndGradient(minibatch, network.newState(), RANDOM).sum();
      assertThat(loss).isCloseTo(expected, within(1e-4));
    }
  }

  private static double score(float[] parameters, int bias, float[] top, int row, int v) {
    double score = parameters[bias + v] - Math.log(expected(v));
    for (int i = 0; i < WIDTH; i++) {
      score += (double) top[row * WIDTH + i] * parameters[v * WIDTH + i];
    }
    return score;
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    Minibatch minibatch = minibatch(STEPS, 20);
    try (Network network = training(ElementType.FLOAT32, STEPS)) {
      network.lossAndGradient(minibatch, network.newState(), RANDOM);
      double error =
          GradientCheck.maxRelativeError(
              () -> {
                network.parametersChanged();
                return network.lossAndGradient(minibatch, network.newState(), RANDOM).mean();
              },
              network.parameters().values(),
              network.gradient().values(),
              1e-2f,
              1);
      assertThat(error).isLessThan(5e-3);
    }
  }

  /** What the optimizer walks: nothing of one minibatch is left in the next. */
  @ParameterizedTest
  @EnumSource(ElementType.class)
  void onlyRowsOfInputsTargetsAndDrawnClassesAreTouched(ElementType precision) {
    try (Network network = training(precision, 2, STEPS)) {
      for (int steps : new int[] {STEPS, 2, STEPS}) {
        CounterRandom random = RANDOM.derive(steps);
        Minibatch minibatch = minibatch(steps, 20);
        Network part = network.forSteps(steps);
        part.lossAndGradient(minibatch, part.newState(), random);
        Set<Integer> touched = new TreeSet<>();
        for (int row = 0; row < steps * BATCH; row++) {
          touched.add(minibatch.inputs()[row]);
          if (minibatch.targets()[row] >= 0) {
            touched.add(minibatch.targets()[row]);
          }
        }
        for (int v : drawn(random)) {
          touched.add(v);
        }
        assertThat(touched).hasSizeLessThan(CLASSES);
        assertThat(rows(part.gradient())).isEqualTo(touched);
        float[] gradient = part.gradient().values().toArray();
        for (int i = 0; i < CLASSES * WIDTH; i++) {
          assertThat(gradient[i] == 0f || touched.contains(i / WIDTH)).isTrue();
        }
        try (Network alone = training(precision, steps)) {
          alone.lossAndGradient(minibatch, alone.newState(), random);
          assertThat(gradient).isEqualTo(alone.gradient().values().toArray());
        }
      }
    }
  }

  /** The table's rows in the gradient's ranges, of which the last one is that of all else. */
  private static Set<Integer> rows(Gradient gradient) {
    var rows = new TreeSet<Integer>();
    for (int i = 0; i < gradient.rangeCount() - 1; i++) {
      for (int at = 0; at < gradient.rangeLength(i); at += WIDTH) {
        rows.add((gradient.rangeFrom(i) + at) / WIDTH);
      }
    }
    return rows;
  }

  /** Frequent classes more often, as the formula says; every class can be drawn. */
  @Test
  void drawsFollowTheirDistribution() {
    var counts = new int[CLASSES];
    int minibatches = 2_000;
    for (int i = 0; i < minibatches; i++) {
      for (int v : drawn(RANDOM.derive(i))) {
        counts[v]++;
      }
    }
    for (int v = 0; v < CLASSES; v++) {
      double mean = minibatches * expected(v);
      assertThat((double) counts[v]).isCloseTo(mean, within(5 * Math.sqrt(mean)));
    }
  }

  @Test
  void anUntrainedNetworkPredictsWhatIsDrawn() {
    float[] initial = Network.initialParameters(SAMPLED, 1);
    int bias = Network.layout(SAMPLED).slice("head.bias").offset();
    for (int v = 0; v < CLASSES; v++) {
      assertThat(SAMPLES * Math.exp(initial[bias + v])).isCloseTo(expected(v), within(1e-5));
    }
  }

  @Test
  void evaluationIsThatOfTheFullSoftmax() {
    Minibatch minibatch = minibatch(STEPS, CLASSES);
    var losses = new double[BATCH];
    var expected = new double[BATCH];
    try (Network sampled =
            filled(Network.forEvaluation(SAMPLED, KERNELS, ElementType.FLOAT32, STEPS, BATCH));
        Network full =
            filled(Network.forEvaluation(FULL, KERNELS, ElementType.FLOAT32, STEPS, BATCH));
        Network training = training(ElementType.FLOAT32, STEPS)) {
      sampled.loss(minibatch, sampled.newState(), losses);
      full.loss(minibatch, full.newState(), expected);
      assertThat(losses).isEqualTo(expected);
      assertThat(SAMPLED.evaluated()).isEqualTo(FULL);
      assertThatThrownBy(() -> training.loss(minibatch, training.newState(), losses))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("does not evaluate");
    }
  }

  @ParameterizedTest
  @CsvSource({"samples, a, must be a whole number", "cutoffs, 5, shares the embedding"})
  void samplesThatCannotBeAreRefused(String option, String value, String message) {
    var values = new HashMap<>(Map.of("samples", "3"));
    values.put(option, value);
    var options = new Options(values);
    var spec = new HeadSpec("language-model", CLASSES, options);
    assertThatThrownBy(() -> spec.head().parameters(WIDTH, spec)).hasMessageContaining(message);
  }
}
