package org.rondo.models.heads.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.HeadSpec;
import org.rondo.models.Hypothesis;
import org.rondo.models.parameters.ParameterLayout;

/** Losses and gradients against the same decoder in double precision, moved a little. */
class DecoderHeadTest {
  private static final int CLASSES = 5;
  private static final int END = CLASSES - 1;
  private static final int INPUTS = 4;
  private static final double STEP = 1e-5;

  static Stream<Map<String, String>> everyDecoder() {
    return Stream.of(
        Map.of("attention", "dot"),
        Map.of("attention", "general", "units", "3"),
        Map.of("attention", "additive", "units", "3"),
        Map.of("attention", "dot", "cell", "gru", "embedding", "2"),
        Map.of("attention", "additive", "cell", "gru", "units", "5", "layers", "2"),
        Map.of("attention", "general", "cell", "vanilla", "units", "3", "layers", "2"),
        Map.of("attention", "general", "units", "3", "layers", "3", "embedding", "6"),
        Map.of("attention", "additive", "input_feeding", "false", "units", "3"),
        Map.of("tied", "true", "label_smoothing", "0.2"));
  }

  private static DecoderBench bench(Map<String, String> options, Kernels kernels) {
    return new DecoderBench(DecoderBench.spec(CLASSES, options), INPUTS, 4, 4, kernels)
        .set(0, 4, 1, 0, 3, 3, 2, 1, END)
        .set(1, 2, 2, END)
        .set(2, 0)
        .set(3, 1, END);
  }

  private static int[] labels(DecoderBench bench, int b) {
    var labels = new int[bench.minibatch.labelLengths()[b]];
    for (int u = 0; u < labels.length; u++) {
      labels[u] = bench.minibatch.targets()[u * bench.minibatch.batch() + b];
    }
    return labels;
  }

  @ParameterizedTest
  @MethodSource("everyDecoder")
  void lossesAndGradientsAreThoseOfDoublePrecision(Map<String, String> options) {
    try (DecoderBench bench = bench(options, Kernels.best())) {
      ReferenceDecoder reference = bench.reference();
      double[] losses = bench.losses();
      for (int b : new int[] {0, 1, 3}) {
        assertThat(losses[b]).isCloseTo(reference.loss(b, labels(bench, b)), within(1e-5));
      }
      assertThat(losses[2]).isZero();
      double smoothing = Double.parseDouble(options.getOrDefault("label_smoothing", "0"));
      DoubleSupplier mean =
          () -> {
            double sum = 0;
            for (int b : new int[] {0, 1, 3}) {
              sum += reference.loss(b, labels(bench, b), smoothing);
            }
            return sum / bench.minibatch.targetCount();
          };

      assertThat(bench.objective.lossAndGradient(bench.minibatch))
          .isCloseTo(mean.getAsDouble() * bench.minibatch.targetCount(), within(2e-5));

      assertSlopes(bench, reference, mean, 0, 1, 3);
      float[] gradient = bench.input.gradient().toArray();
      for (int row = 0; row < 16; row++) {
        for (int j = 0; j < INPUTS && bench.workspace.isPadding(row); j++) {
          assertThat(gradient[row * INPUTS + j]).as("gradient of padding").isZero();
        }
      }
    }
  }

  /** Of a mean loss that those sequences have. */
  static void assertSlopes(
      DecoderBench bench, ReferenceDecoder reference, DoubleSupplier mean, int... sequences) {
    for (ParameterLayout.Slice slice : bench.workspace.parameters().layout().slices()) {
      float[] gradient = bench.workspace.gradient(slice.name()).toArray();
      assertSlopes(slice.name(), reference.values.get(slice.name()), gradient, 0, mean);
    }
    float[] gradient = bench.input.gradient().toArray();
    for (int b : sequences) {
      for (int t = 0; t < reference.outputs[b].length; t++) {
        int at = (t * bench.minibatch.batch() + b) * bench.input.width();
        assertSlopes("output " + t + " of " + b, reference.outputs[b][t], gradient, at, mean);
      }
    }
  }

  private static void assertSlopes(
      String name, double[] values, float[] actual, int at, DoubleSupplier loss) {
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + STEP;
      double above = loss.getAsDouble();
      values[i] = value - STEP;
      double below = loss.getAsDouble();
      values[i] = value;
      assertThat((double) actual[at + i])
          .as("%s, element %d", name, i)
          .isCloseTo((above - below) / (2 * STEP), within(2e-6));
    }
  }

  /** Shorter labels after longer ones: nothing of the minibatch before is left over. */
  @Test
  void minibatchesBeforeChangeNoBit() {
    Map<String, String> options = Map.of("attention", "additive", "layers", "2", "cell", "gru");
    try (DecoderBench fresh = bench(options, Kernels.best());
        DecoderBench used = bench(options, Kernels.best())) {
      used.set(0, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, END).set(1, 4, 0);
      used.objective.lossAndGradient(used.minibatch);
      used.set(0, 3, 2, END).set(1, 2, END);
      fresh.set(0, 3, 2, END).set(1, 2, END);
      assertThat(used.objective.lossAndGradient(used.minibatch))
          .isEqualTo(fresh.objective.lossAndGradient(fresh.minibatch));
      assertThat(used.workspace.gradient().toArray())
          .isEqualTo(fresh.workspace.gradient().toArray());
      assertThat(used.input.gradient().toArray()).isEqualTo(fresh.input.gradient().toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"general", "additive"})
  void vectorAndPlainKernelsGiveTheSameBits(String attention) {
    Map<String, String> options = Map.of("attention", attention, "units", "37");
    try (DecoderBench plain = bench(options, Kernels.choose("java", "java"));
        DecoderBench vector = bench(options, Kernels.choose("java", Kernels.AUTO))) {
      assertThat(vector.losses()).isEqualTo(plain.losses());
      assertThat(vector.objective.lossAndGradient(vector.minibatch))
          .isEqualTo(plain.objective.lossAndGradient(plain.minibatch));
      assertThat(vector.workspace.gradient().toArray())
          .isEqualTo(plain.workspace.gradient().toArray());
      assertThat(vector.input.gradient().toArray()).isEqualTo(plain.input.gradient().toArray());
    }
  }

  @Test
  void otherSequencesAndPaddingChangeNoBit() {
    HeadSpec spec = DecoderBench.spec(CLASSES, Map.of("best", "3", "more_labels", "3"));
    try (var padded = new DecoderBench(spec, INPUTS, 6, 3);
        var alone = new DecoderBench(spec, INPUTS, 3, 1)) {
      padded.set(0, 6, 1, 1, 0, 2, 3, 3, 1, END).set(1, 3, 0, 3, END).set(2, 1, END);
      alone.set(0, 3, 0, 3, END);
      for (int t = 0; t < 3; t++) {
        alone.input.values().copy(t * INPUTS, padded.input.values(), (t * 3 + 1) * INPUTS, INPUTS);
      }
      assertThat(padded.losses()[1]).isEqualTo(alone.losses()[0]).isPositive();
      List<Hypothesis> found = padded.search(1);
      assertThat(found).hasSize(3);
      assertThat(found).usingRecursiveComparison().isEqualTo(alone.search(0));
    }
  }

  @Test
  void aMinibatchWithoutLabelsHasNoGradient() {
    try (DecoderBench bench = bench(Map.of(), Kernels.best())) {
      bench.objective.lossAndGradient(bench.minibatch);
      bench.set(0, 4).set(1, 2).set(3, 1);
      assertThat(bench.objective.lossAndGradient(bench.minibatch)).isZero();
      assertThat(bench.workspace.gradient().toArray()).containsOnly(0f);
      assertThat(bench.input.gradient().toArray()).containsOnly(0f);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "attention, cosine, must be one of",
    "units, 7, 'multiplies the decoder''s 7 units with the encoder''s 4 outputs'",
    "cell, transistor, transistor",
    "layers, 0, must be",
    "dropout, 1.5, 'must be in [0,1)'",
    "dropout, -1, must be a number >= 0",
    "best, 9, 'must be from 1 to the beam, 5'",
    "beam, 0, must be",
    "scheduled_sampling, 0.5, must be 0 or >= 1",
    "tied, true, 'embedding = 3 and units = 4 must be the same'",
    "colour, red, head decoder has no such option",
  })
  void optionsThatItCannotHaveAreNamed(String name, String value, String message) {
    Map<String, String> options =
        switch (name) {
          case "units" -> Map.of(name, value, "attention", "dot");
          case "tied" -> Map.of(name, value, "embedding", "3");
          default -> Map.of(name, value);
        };
    HeadSpec spec = DecoderBench.spec(CLASSES, options);
    assertThatThrownBy(() -> spec.head().parameters(INPUTS, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void oneOutputIsNoLabelAndAnEnd() {
    HeadSpec spec = DecoderBench.spec(1, Map.of());
    assertThatThrownBy(() -> spec.head().parameters(INPUTS, spec))
        .isInstanceOf(ValueException.class)
        .hasMessage("outputs = 1: must be >= 2: a label and the end");
  }

  @Test
  void labelsGrowWithSteps() {
    HeadSpec spec = DecoderBench.spec(3, Map.of("labels_per_step", "0.5", "more_labels", "2"));
    assertThat(spec.head().labels(spec, 1)).isEqualTo(3);
    assertThat(spec.head().labels(spec, 7)).isEqualTo(6);
  }
}
