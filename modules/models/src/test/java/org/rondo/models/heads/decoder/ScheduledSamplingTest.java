package org.rondo.models.heads.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondo.kernels.CounterRandom;

/** Labels that a decoder draws itself while it learns. */
class ScheduledSamplingTest {
  private static final int CLASSES = 4;
  private static final int END = CLASSES - 1;
  private static final int INPUTS = 4;
  private static final int BATCH = 3;

  /** Of k = 1: by then nothing but drawn labels. */
  private static final long LATE = 30;

  static Stream<Map<String, String>> decoders() {
    return Stream.of(
        Map.of("attention", "general", "units", "3", "layers", "2"),
        Map.of("attention", "additive", "cell", "gru", "tied", "true", "label_smoothing", "0.2"));
  }

  private static DecoderBench bench(Map<String, String> more) {
    var options = new HashMap<>(more);
    options.put("scheduled_sampling", "1");
    return new DecoderBench(DecoderBench.spec(CLASSES, options), INPUTS, 4, BATCH)
        .set(0, 4, 1, 0, 2, 2, END)
        .set(1, 2, 2, END)
        .set(2, 3, 0, 1, 1, END);
  }

  private static int[] labels(DecoderBench bench, int b) {
    return row(bench.minibatch.targets(), b, bench.minibatch.labelLengths()[b]);
  }

  /** What stood before the labels of a sequence. */
  private static int[] before(DecoderBench bench, int b) {
    int[] all = ((DecoderObjective) bench.objective).before();
    return row(all, b, bench.minibatch.labelLengths()[b]);
  }

  private static int[] row(int[] all, int b, int length) {
    var row = new int[length];
    for (int u = 0; u < length; u++) {
      row[u] = all[u * BATCH + b];
    }
    return row;
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void drawnLabelsAreConstantsToTheGradient(Map<String, String> options) {
    try (DecoderBench bench = bench(options)) {
      double[] right = bench.losses();
      double loss = bench.objective.lossAndGradient(bench.minibatch, CounterRandom.of(5), LATE);
      double smoothing = Double.parseDouble(options.getOrDefault("label_smoothing", "0"));
      ReferenceDecoder reference = bench.reference();
      DoubleSupplier mean =
          () -> {
            double sum = 0;
            for (int b = 0; b < BATCH; b++) {
              sum += reference.loss(b, labels(bench, b), before(bench, b), smoothing);
            }
            return sum / bench.minibatch.targetCount();
          };
      assertThat(loss).isCloseTo(mean.getAsDouble() * 11, within(2e-5));
      DecoderHeadTest.assertSlopes(bench, reference, mean, 0, 1, 2);
      assertThat(before(bench, 0)).startsWith(END).isNotEqualTo(new int[] {END, 1, 0, 2, 2});
      assertThat(bench.losses()).as("evaluation").isEqualTo(right);
    }
  }

  @Test
  void drawsAreFunctionsOfTheMinibatchAndItsStep() {
    try (DecoderBench bench = bench(Map.of());
        DecoderBench other = bench(Map.of())) {
      other.objective.lossAndGradient(other.minibatch, CounterRandom.of(7), LATE);
      double first = bench.objective.lossAndGradient(bench.minibatch, CounterRandom.of(5), 1);
      int[] drawn = ((DecoderObjective) bench.objective).before().clone();
      assertThat(other.objective.lossAndGradient(other.minibatch, CounterRandom.of(5), 1))
          .isEqualTo(first);
      assertThat(((DecoderObjective) other.objective).before()).isEqualTo(drawn);
      assertThat(other.workspace.gradient().toArray())
          .isEqualTo(bench.workspace.gradient().toArray());
      double another = bench.objective.lossAndGradient(bench.minibatch, CounterRandom.of(6), LATE);
      assertThat(another).isNotEqualTo(first);
    }
  }

  /** After no minibatch of k = 1 every other label is right, later none but by chance. */
  @Test
  void labelsAreDrawnAsTheDecoderExpectsThemBehindDrawnOnes() {
    int passes = 4000;
    try (DecoderBench bench = bench(Map.of())) {
      ReferenceDecoder reference = bench.reference();
      double[] second = probabilities(reference);
      var third = new double[CLASSES];
      for (int label = 0; label < CLASSES; label++) {
        double[] behind = probabilities(reference, label);
        for (int c = 0; c < CLASSES; c++) {
          third[c] += second[label] * behind[c];
        }
      }
      var counts = new double[3][CLASSES];
      int[] before = new int[bench.minibatch.labels() * BATCH];
      for (int i = 0; i < passes; i++) {
        draw(bench, before, i, LATE);
        counts[1][before[BATCH]]++;
        counts[2][before[2 * BATCH]]++;
        draw(bench, before, passes + i, 0);
        counts[0][before[BATCH]]++;
      }
      for (int c = 0; c < CLASSES; c++) {
        double mixed = (second[c] + (c == 1 ? 1 : 0)) / 2;
        assertShare(counts[0][c] / passes, mixed, passes);
        assertShare(counts[1][c] / passes, second[c], passes);
        assertShare(counts[2][c] / passes, third[c], passes);
      }
    }
  }

  private static void draw(DecoderBench bench, int[] before, long seed, long step) {
    bench.objective.lossAndGradient(bench.minibatch, CounterRandom.of(seed), step);
    int[] drawn = ((DecoderObjective) bench.objective).before();
    System.arraycopy(drawn, 0, before, 0, before.length);
  }

  private static double[] probabilities(ReferenceDecoder reference, int... behind) {
    double[] logs = reference.logProbabilities(0, behind)[behind.length];
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  /** Within five standard deviations. */
  private static void assertShare(double share, double expected, int of) {
    assertThat(share).isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected) / of)));
  }

  @Test
  void theScheduleIsTheInverseSigmoid() {
    assertThat(ScheduledSampling.right(1000, 0)).isEqualTo(1000.0 / 1001);
    assertThat(ScheduledSampling.right(1000, 6908)).isCloseTo(0.5, within(1e-4));
    assertThat(ScheduledSampling.right(1, 1_000_000)).isZero();
  }
}
