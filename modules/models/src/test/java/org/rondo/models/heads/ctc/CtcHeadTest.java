package org.rondo.models.heads.ctc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.CounterRandom;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.Samples;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.Bidirectional;
import org.rondo.models.layers.Values;
import org.rondo.testkit.Seeds;

/** Connectionist temporal classification against every path there is. */
class CtcHeadTest {
  private static final int BLANK = 3;

  private static List<Integer> list(int... label) {
    return Arrays.stream(label).boxed().toList();
  }

  static Stream<Arguments> labels() {
    return Stream.of(
        Arguments.of("one symbol", 5, new int[] {1}),
        Arguments.of("several", 5, new int[] {0, 2, 1}),
        Arguments.of("repeated", 5, new int[] {1, 1}),
        Arguments.of("repeated, no step to spare", 5, new int[] {2, 2, 0, 1}),
        Arguments.of("three of a kind, no step to spare", 5, new int[] {1, 1, 1}),
        Arguments.of("empty", 5, new int[] {}),
        Arguments.of("as many symbols as steps", 4, new int[] {0, 1, 2, 0}),
        Arguments.of("one step", 1, new int[] {2}),
        Arguments.of("one step, empty", 1, new int[] {}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("labels")
  void lossAndGradientAreThoseOfAllPaths(String name, int length, int[] label) {
    try (var bench = new CtcBench(BLANK + 1, 6, 3).random(2f)) {
      bench.set(0, 6, 0, 1, 0).set(1, length, label).set(2, 0);
      double scale = 1.0 / (3 + label.length);
      var reference = new ReferenceCtc(bench.logits(1));
      double[] losses = bench.losses();
      assertThat(losses[1]).isCloseTo(reference.loss(list(label)), within(1e-6));
      assertThat(losses[2]).isZero();

      double sum = bench.lossAndGradient();

      assertThat(sum).isEqualTo(losses[0] + losses[1]);
      double[][] gradient = bench.gradient(1);
      for (int t = 0; t < 6; t++) {
        for (int k = 0; k <= BLANK; k++) {
          double expected = t < length ? scale * reference.gradient(list(label), t, k) : 0;
          assertThat(gradient[t][k])
              .as("step %d, class %d", t, k)
              .isCloseTo(expected, within(1e-7));
        }
      }
      assertThat(List.of(bench.gradient(2))).allSatisfy(row -> assertThat(row).containsOnly(0));
      assertBiasHasTheSums(bench);
    }
  }

  private static void assertBiasHasTheSums(CtcBench bench) {
    float[] bias = bench.workspace.gradient("bias").toArray();
    for (int k = 0; k < bias.length; k++) {
      double sum = 0;
      for (int b = 0; b < bench.minibatch.batch(); b++) {
        for (double[] row : bench.gradient(b)) {
          sum += row[k];
        }
      }
      assertThat(bias[k]).isCloseTo((float) sum, within(1e-6f));
    }
  }

  /** All labels that a few steps can stand for, and together they are certain. */
  @Test
  void probabilitiesOfAllLabelsAddUpToOne() {
    try (var bench = new CtcBench(BLANK + 1, 4, 1).random(3f)) {
      var reference = new ReferenceCtc(bench.logits(0));
      double sum = 0;
      for (List<Integer> label : reference.labels.keySet()) {
        bench.set(0, 4, label.stream().mapToInt(k -> k).toArray());
        sum += Math.exp(-bench.losses()[0]);
      }
      assertThat(reference.labels).hasSize(1 + 3 + 9 + 24 + 24);
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  /** Against the recursion of probabilities, scaled at every step. */
  @ParameterizedTest
  @ValueSource(floats = {0.5f, 5, 50})
  void fourHundredStepsAreAsExactAsFew(float scale) {
    int classes = 30;
    int[] label = Seeds.numbers("long label", 120, classes - 1);
    try (var bench = new CtcBench(classes, 400, 1).random(scale).set(0, 400, label)) {
      double expected = scaledForward(bench.logits(0), label);
      assertThat(bench.losses()[0]).isCloseTo(expected, within(1e-6 * expected));
      bench.lossAndGradient();
      for (double[] row : bench.gradient(0)) {
        assertThat(Arrays.stream(row).sum()).as("p less P").isCloseTo(0, within(1e-8));
      }
    }
  }

  private static double scaledForward(double[][] logits, int[] label) {
    int states = 2 * label.length + 1;
    var alpha = new double[states + 2]; // behind two that only begin
    alpha[1] = 1;
    double loss = 0;
    for (double[] step : logits) {
      double sum = Arrays.stream(step).map(Math::exp).sum();
      var next = new double[states + 2];
      for (int s = 0; s < states; s++) {
        int k = s % 2 == 0 ? step.length - 1 : label[s / 2];
        boolean skips = s == 1 || (s % 2 == 1 && label[s / 2] != label[s / 2 - 1]);
        double from = alpha[s + 2] + alpha[s + 1] + (skips ? alpha[s] : 0);
        next[s + 2] = from * Math.exp(step[k]) / sum;
      }
      double all = Arrays.stream(next).sum();
      loss -= Math.log(all);
      alpha = Arrays.stream(next).map(x -> x / all).toArray();
    }
    return loss - Math.log(alpha[states + 1] + alpha[states]);
  }

  @Test
  void extremeLogitsHaveALossAndAGradient() {
    try (var bench = new CtcBench(BLANK + 1, 8, 2).random(1f)) {
      bench.set(0, 8, 0, 0, 1).set(1, 3, 2, 2);
      for (int i = 0; i < bench.input.values().length(); i++) {
        bench.input.values().set(i, bench.input.values().get(i) < 0 ? -1e4f : 1e4f);
      }
      assertThat(bench.lossAndGradient()).isFinite().isGreaterThan(1e4);
      for (float value : bench.input.gradient().toArray()) {
        assertThat(value).isBetween(-1f, 1f);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16, 37})
  void vectorAndPlainKernelsGiveTheSameBits(int classes) {
    Kernels plain = Kernels.choose("java", "java");
    Kernels vector = Kernels.choose("java", Kernels.AUTO);
    try (var one = new CtcBench(classes, 8, 2, plain, 0).random(2f);
        var other = new CtcBench(classes, 8, 2, vector, 0).random(2f)) {
      one.set(0, 8, 2, 2, 1).set(1, 5, 0);
      other.set(0, 8, 2, 2, 1).set(1, 5, 0);
      assertThat(other.losses()).isEqualTo(one.losses());
      assertThat(other.lossAndGradient()).isEqualTo(one.lossAndGradient()).isPositive();
      assertThat(other.workspace.gradient().toArray())
          .isEqualTo(one.workspace.gradient().toArray());
      assertThat(other.input.gradient().toArray()).isEqualTo(one.input.gradient().toArray());
    }
  }

  @Test
  void aMinibatchOfEmptyLabelsHasALossAndNoGradient() {
    try (var bench = new CtcBench(BLANK + 1, 3, 2).random(2f).set(0, 3).set(1, 2)) {
      assertThat(bench.losses()[0]).isPositive();
      assertThat(bench.lossAndGradient()).isPositive();
      for (float value : bench.workspace.gradient().toArray()) {
        assertThat(value).isZero();
      }
    }
  }

  @Test
  void labelsThatHaveNoPathAreRefused() {
    try (var bench = new CtcBench(BLANK + 1, 4, 2).random(1f).set(0, 4, 1)) {
      bench.set(1, 3, 0, 0, 1);
      assertRefused(bench, "head ctc: the label of sequence 1, of 3 symbols, needs 4 steps, the");
      bench.set(1, 4, 0, 0, 1);
      assertThat(bench.losses()[1]).isPositive();
      bench.set(1, 4, 0, BLANK);
      assertRefused(bench, "head ctc: label 1 of sequence 1 is class 3, the blank");
    }
    assertThat(CtcHead.leastSteps(new int[] {0, 0, 0, 1, 1, 1}, 5)).isEqualTo(8);
    assertThat(CtcHead.leastSteps(new int[0], 0)).isZero();
  }

  private static void assertRefused(CtcBench bench, String message) {
    assertThatThrownBy(bench::losses)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(bench::lossAndGradient).hasMessageContaining(message);
  }

  @Test
  void oneOutputIsNoSymbolAndABlank() {
    var one = new HeadSpec("ctc", 1);
    assertThatThrownBy(() -> one.head().parameters(4, one))
        .isInstanceOf(ValueException.class)
        .hasMessage("outputs = 1: must be >= 2: a symbol and the blank");
    var many = new HeadSpec("ctc", 4, new Options(Map.of("beam", "many")));
    assertThatThrownBy(() -> many.head().parameters(4, many))
        .hasMessageContaining("options.beam = many");
  }

  @Test
  void theBestPathIsCollapsed() {
    int[][] paths = {
      {0, 0, 3, 0, 1, 1}, {3, 3, 3, 3, 3, 3}, {2, 1, 2, 2, 3, 3}, {1, 0, 0, 0, 0, 0}
    };
    try (var bench = new CtcBench(BLANK + 1, 6, 4)) {
      for (int b = 0; b < 4; b++) {
        bench.set(b, b == 3 ? 1 : 6);
        for (int t = 0; t < 6; t++) {
          bench.input.values().set((t * 4 + b) * 4 + paths[b][t], 1f);
        }
      }
      assertThat(bench.decode(0)).containsExactly(0, 0, 1);
      assertThat(bench.decode(1)).isEmpty();
      assertThat(bench.decode(2)).containsExactly(2, 1, 2);
      assertThat(bench.decode(3)).as("of one step").containsExactly(1);
    }
  }

  /** Blank is the best class of both steps, and yet 0 is likelier than nothing (Graves 2012). */
  @Test
  void theSearchAddsUpPathsWhereTheBestPathMisleads() {
    try (var best = new CtcBench(2, 2, 1);
        var search = new CtcBench(2, 2, 1, Kernels.best(), 2)) {
      for (CtcBench bench : List.of(best, search)) {
        float[] logits = {(float) Math.log(0.4), (float) Math.log(0.6)};
        bench.input.values().write(0, logits, 0, 2);
        bench.input.values().write(2, logits, 0, 2);
      }
      assertThat(best.decode(0)).isEmpty();
      assertThat(search.decode(0)).containsExactly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aWideBeamFindsTheMostProbableLabelOfAllPaths(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    var logits = new double[6][BLANK + 1];
    for (int i = 0; i < 24; i++) {
      logits[i / 4][i % 4] = 1.5 * random.gaussian(i);
    }
    var reference = new ReferenceCtc(logits);
    var search = new PrefixBeamSearch(BLANK + 1, 5000);
    for (double[] step : logits) {
      search.step(step);
    }
    assertThat(list(search.best())).isEqualTo(reference.mostProbable());
    double expected = -reference.loss(reference.mostProbable());
    assertThat(search.logProbability()).isCloseTo(expected, within(1e-12));
    var narrow = new PrefixBeamSearch(BLANK + 1, 2);
    for (double[] step : logits) {
      narrow.step(step);
    }
    assertThat(narrow.logProbability()).as("of fewer paths").isLessThanOrEqualTo(expected + 1e-12);
    assertThat(-reference.loss(list(narrow.best())))
        .as("of all of its paths")
        .isGreaterThanOrEqualTo(narrow.logProbability() - 1e-12);
  }

  private static final int[][] SPELT = {{0, 1, 1}, {2}, {}};

  private static NetworkSpec network(int classes) {
    CellSpec lstm = CellSpec.of("lstm", 12);
    return new NetworkSpec(
        List.of(new Values(3), new Bidirectional(lstm)), new HeadSpec("ctc", classes));
  }

  private static Minibatch minibatch(NetworkSpec spec) {
    Minibatch minibatch = Minibatch.forNetwork(spec, 9, 3);
    float[] values = Seeds.uniform("sound", minibatch.values().length, 1f);
    System.arraycopy(values, 0, minibatch.values(), 0, values.length);
    System.arraycopy(new int[] {9, 6, 7}, 0, minibatch.lengths(), 0, 3);
    for (int b = 0; b < 3; b++) {
      minibatch.labelLengths()[b] = SPELT[b].length;
      for (int u = 0; u < SPELT[b].length; u++) {
        minibatch.targets()[u * 3 + b] = SPELT[b][u];
      }
    }
    return minibatch;
  }

  @Test
  void aNetworkLearnsToSpellWhatItHears() {
    NetworkSpec spec = network(BLANK + 1);
    Minibatch minibatch = minibatch(spec);
    CounterRandom random = CounterRandom.of(1);
    try (var network = new Network(spec, Kernels.best(), ElementType.FLOAT32, 9, 3)) {
      network.parameters().set(Network.initialParameters(spec, 2));
      for (int i = 0; i < 200; i++) {
        network.parametersChanged();
        network.lossAndGradient(minibatch, network.newState(), random);
        for (int p = 0; p < network.gradient().values().length(); p++) {
          float slope = network.gradient().values().get(p);
          network.parameters().values().set(p, network.parameters().values().get(p) - slope);
        }
      }
      network.parametersChanged();
      var symbols = new int[network.predictions()];
      network.decode(minibatch, network.newState(), symbols);
      for (int b = 0; b < 3; b++) {
        for (int u = 0; u < 9; u++) {
          int expected = u < SPELT[b].length ? SPELT[b][u] : Minibatch.NO_TARGET;
          assertThat(symbols[u * 3 + b]).as("sequence %d, symbol %d", b, u).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void bfloat16GivesTheGradientItsDirection() {
    double[] exact = gradient(ElementType.FLOAT32);
    double[] rounded = gradient(ElementType.BFLOAT16);
    double difference = 0;
    double length = 0;
    for (int i = 0; i < exact.length; i++) {
      difference += (rounded[i] - exact[i]) * (rounded[i] - exact[i]);
      length += exact[i] * exact[i];
    }
    assertThat(Math.sqrt(difference / length)).isPositive().isLessThan(0.05);
  }

  private static double[] gradient(ElementType precision) {
    NetworkSpec spec = network(20);
    try (var network = new Network(spec, Kernels.best(), precision, 9, 3)) {
      network.parameters().set(Network.initialParameters(spec, 2));
      network.parametersChanged();
      network.lossAndGradient(minibatch(spec), network.newState(), CounterRandom.of(1));
      return Samples.doubles(network.gradient().values().toArray());
    }
  }

  @Test
  void otherSequencesAndPaddingChangeNoBit() {
    try (var padded = new CtcBench(5, 9, 3).random(3f);
        var alone = new CtcBench(5, 6, 1).random(3f)) {
      padded.set(0, 9, 1, 1, 2).set(1, 6, 0, 3).set(2, 4);
      alone.set(0, 6, 0, 3);
      for (int t = 0; t < 6; t++) {
        alone.input.values().copy(t * 5, padded.input.values(), (t * 3 + 1) * 5, 5);
      }
      assertThat(padded.losses()[1]).isEqualTo(alone.losses()[0]).isPositive();
      assertThat(padded.decode(1)).isEqualTo(alone.decode(0));
    }
  }
}
