package org.rondo.models.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.NativeBuffer;
import org.rondo.kernels.NativeMemory;
import org.rondo.kernels.ValueException;
import org.rondo.models.Head;
import org.rondo.models.HeadSpec;
import org.rondo.models.Minibatch;
import org.rondo.models.Objective;
import org.rondo.models.Options;
import org.rondo.models.parameters.ParameterLayout;
import org.rondo.models.workspace.Signal;
import org.rondo.models.workspace.Workspace;
import org.rondo.testkit.GradientCheck;
import org.rondo.testkit.Seeds;

/** What every {@link Head} that is found must hold. */
class HeadContractTest {
  /**
   * Wide, since float32 losses near 2 are exact to 2e-7 and the gradient of an attention's bias is
   * a small difference: 4e-3 of it are lost to rounding, a wrong term would be more than 1e-1.
   */
  private static final float STEP = 4e-2f;

  private static final double TOLERANCE = 1e-2;

  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUTS = 6;
  private static final int OUTPUTS = 9;

  private static final int[] LENGTHS = {4, 2, 0};

  static Stream<HeadSpec> everyHead() {
    Stream<HeadSpec> byDefault =
        Head.ALL.members().values().stream().map(head -> new HeadSpec(head.type(), OUTPUTS));
    Stream<HeadSpec> pooled =
        Stream.of("mean", "max", "attention")
            .map(name -> new Options(Map.of("pooling", name)))
            .flatMap(
                options ->
                    Stream.of("classifier", "regression", "multi-label")
                        .map(type -> new HeadSpec(type, OUTPUTS, options)));
    return Stream.of(byDefault, pooled, weighted(), values(), decoders(), adaptive())
        .flatMap(heads -> heads);
  }

  private static Stream<HeadSpec> values() {
    return Stream.of(
            Map.of("loss", "mae"),
            Map.of("loss", "huber"),
            Map.of("notes", "4"),
            Map.of("loss", "quantile", "quantiles", "0.05, 0.5, 0.8"))
        .map(options -> new HeadSpec("regression", OUTPUTS, new Options(options)));
  }

  /** Of two layers, without feeding, of other cells; for more see the tests of its own. */
  private static Stream<HeadSpec> decoders() {
    return Stream.of(
            Map.of("attention", "dot", "cell", "gru"),
            Map.of("attention", "general", "layers", "2", "units", "5"),
            Map.of("cell", "vanilla", "input_feeding", "false", "units", "5"))
        .map(options -> new HeadSpec("decoder", OUTPUTS, new Options(options)));
  }

  /** Clusters of many classes and of one, and one that no minibatch here has a target of. */
  private static Stream<HeadSpec> adaptive() {
    return Stream.of("4", "2, 5, 8")
        .map(cutoffs -> new Options(Map.of("cutoffs", cutoffs)))
        .map(options -> new HeadSpec("language-model", OUTPUTS, options));
  }

  private static Stream<HeadSpec> weighted() {
    var weights = new Options(Map.of("class_weights", "1, 0, 2.5, 1, 0.125, 1, 3, 0.5, 10"));
    return Stream.of("tagger", "classifier").map(type -> new HeadSpec(type, OUTPUTS, weights));
  }

  /** Each of whose classes has a probability of its own. */
  static Stream<HeadSpec> everyHeadOfClasses() {
    return everyHead()
        .filter(spec -> !spec.head().predictsValues() && !spec.type().equals("crf"))
        .filter(spec -> !spec.head().predictsLength());
  }

  /** How many targets a sequence has room for: a label's symbols may need a blank between them. */
  private static int room(HeadSpec spec, int b) {
    return spec.head().predictsLength() ? (LENGTHS[b] + 1) / 2 : LENGTHS[b];
  }

  /** Random ones, within the lengths; of a head that has a blank no blanks. */
  private static int[] targets(HeadSpec spec, int rows) {
    int classes = spec.head().predictsLength() ? OUTPUTS - 1 : OUTPUTS;
    int[] targets = Seeds.numbers("targets", rows, spec.head().predictsValues() ? 1 : classes);
    for (int row = 0; row < rows; row++) {
      if (row / BATCH >= room(spec, row % BATCH)) {
        targets[row] = Minibatch.NO_TARGET;
      }
    }
    return targets;
  }

  /** Attention weighs steps, whatever comes after, and its small gradients are measured above. */
  static Stream<HeadSpec> everyHeadThatTakesWeights() {
    return everyHead()
        .filter(spec -> spec.head().takesWeights())
        .filter(spec -> !"attention".equals(spec.options().values().get("pooling")));
  }

  @ParameterizedTest
  @MethodSource("everyHead")
  void gradientMatchesFiniteDifferences(HeadSpec spec) {
    requireGradient(spec, 1, 1, 1);
  }

  @ParameterizedTest
  @MethodSource("everyHeadThatTakesWeights")
  void gradientOfWeightedSequencesMatchesFiniteDifferences(HeadSpec spec) {
    requireGradient(spec, 0.5f, 1.5f, 3);
  }

  private static void requireGradient(HeadSpec spec, float... weights) {
    try (var bench = new Bench(spec)) {
      System.arraycopy(weights, 0, bench.minibatch.weights(), 0, BATCH);
      bench.objective.lossAndGradient(bench.minibatch);

      assertThat(bench.error(bench.input.values(), bench.input.gradient()))
          .as("input, seed %d", Seeds.SEED)
          .isLessThan(TOLERANCE);
      for (ParameterLayout.Slice slice : bench.workspace.parameters().layout().slices()) {
        NativeBuffer parameter = bench.workspace.parameter(slice.name());
        assertThat(bench.error(parameter, bench.workspace.gradient(slice.name())))
            .as("%s, seed %d", slice.name(), Seeds.SEED)
            .isLessThan(TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyHeadOfClasses")
  void lossIsThatOfTheSoftmaxOfTheLogits(HeadSpec spec) {
    try (var bench = new Bench(spec)) {
      int predictions = bench.objective.predictions();
      var logits = new float[predictions * OUTPUTS];
      bench.objective.logits(logits);
      var expected = new double[BATCH];
      int[] targets = bench.minibatch.targets();
      double sumOfWeights =
          Arrays.stream(targets).filter(t -> t >= 0).mapToDouble(t -> weight(spec, t)).sum();
      double mean = sumOfWeights / bench.minibatch.targetCount();
      for (int row = 0; row < targets.length; row++) {
        if (targets[row] >= 0) {
          double counts = weight(spec, targets[row]) / mean;
          expected[row % BATCH] -= counts * logProbability(logits, row * OUTPUTS, targets[row]);
        }
      }
      var sums = new double[BATCH];
      bench.objective.loss(bench.minibatch, sums);
      assertThat(sums).containsExactly(expected, within(1e-5));
    }
  }

  private static double weight(HeadSpec spec, int target) {
    String weights = spec.options().values().get("class_weights");
    return weights == null ? 1 : Double.parseDouble(weights.split(", ", -1)[target]);
  }

  /** Of one score alone: what a label's sigmoid says. */
  @Test
  void lossOfLabelsIsTheirBinaryCrossEntropy() {
    try (var bench = new Bench(new HeadSpec("multi-label", OUTPUTS))) {
      var scores = new float[BATCH * OUTPUTS];
      bench.objective.logits(scores);
      var expected = new double[BATCH];
      for (int b = 0; b < 2; b++) {
        for (int j = 0; j < OUTPUTS; j++) {
          double p = 1 / (1 + Math.exp(-scores[b * OUTPUTS + j]));
          boolean has = bench.minibatch.valueTargets()[b * OUTPUTS + j] == 1;
          expected[b] -= Math.log(has ? p : 1 - p) / OUTPUTS;
        }
      }
      var sums = new double[BATCH];
      bench.objective.loss(bench.minibatch, sums);
      assertThat(sums).containsExactly(expected, within(1e-6));
      bench.minibatch.valueTargets()[OUTPUTS + 2] = 0.5f;
      assertThatThrownBy(() -> bench.objective.loss(bench.minibatch, sums))
          .hasMessage(
              "head multi-label: label 2 of sequence 1 has the target 0.5, it must be 0 or 1");
    }
  }

  /** Numbers of a target behind its values change nothing, and nothing is predicted of them. */
  @ParameterizedTest
  @CsvSource({"mse, 1", "mae, 1", "huber, 1", "mae, 8"})
  void lossOfValuesIsTheMeanWithoutNotes(String loss, int notes) {
    int values = OUTPUTS - notes;
    var options = new Options(Map.of("loss", loss, "notes", "" + notes, "pooling", "last"));
    try (var bench = new Bench(new HeadSpec("regression", OUTPUTS, options))) {
      var predicted = new float[BATCH * OUTPUTS];
      Arrays.fill(predicted, 7);
      bench.objective.logits(predicted);
      var expected = new double[BATCH];
      for (int b = 0; b < 2; b++) {
        for (int j = 0; j < values; j++) {
          double error =
              predicted[b * OUTPUTS + j] - bench.minibatch.valueTargets()[b * OUTPUTS + j];
          double size = Math.abs(error);
          expected[b] +=
              switch (loss) {
                case "mse" -> error * error;
                case "mae" -> size;
                default -> size <= 1 ? error * error / 2 : size - 0.5;
              };
        }
        expected[b] /= values;
        assertThat(predicted[b * OUTPUTS + values]).isZero();
      }
      var sums = new double[BATCH];
      bench.objective.loss(bench.minibatch, sums);
      assertThat(sums).containsExactly(expected, within(1e-6));
    }
  }

  /** Quantile 0.1 of three values, 0.75 of three, then notes. */
  @Test
  void blocksOfValuesHaveTheLossOfTheirQuantile() {
    var options = new Options(Map.of("loss", "quantile", "quantiles", "0.1, 0.75", "notes", "3"));
    try (var bench = new Bench(new HeadSpec("regression", OUTPUTS, options))) {
      var predicted = new float[STEPS * BATCH * OUTPUTS];
      bench.objective.logits(predicted);
      float[] targets = bench.minibatch.valueTargets();
      // The first step of the first sequence: two errors of 2 above and below each forecast.
      float[] errors = {2, -2, 0, 2, -2, 0};
      for (int j = 0; j < errors.length; j++) {
        targets[j] = predicted[j] + errors[j];
      }
      Arrays.fill(bench.minibatch.targets(), Minibatch.NO_TARGET);
      bench.minibatch.targets()[0] = 0;
      var sums = new double[BATCH];
      bench.objective.loss(bench.minibatch, sums);
      assertThat(sums[0]).isCloseTo((0.2 + 1.8 + 1.5 + 0.5) / 6, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "0.5, x", "", "0.1, 0.5, 0.9, 0.95"})
  void quantilesThatDoNotDivideTheValuesAreRefused(String quantiles) {
    var options = new Options(Map.of("loss", "quantile", "quantiles", quantiles));
    var spec = new HeadSpec("regression", 6, options);
    assertThatThrownBy(() -> spec.head().parameters(4, spec))
        .hasMessage(
            "options.quantiles = "
                + quantiles
                + ": must be numbers between 0 and 1, as many as divide 6, the predicted values");
  }

  @Test
  void aTargetOfNotesAloneIsRefused() {
    var spec = new HeadSpec("regression", 3, new Options(Map.of("notes", "3")));
    assertThatThrownBy(() -> spec.head().parameters(4, spec))
        .hasMessage("options.notes = 3: must be below 3, the numbers of a target");
  }

  @Test
  void scoresOfAnyMagnitudeHaveALoss() {
    assertThat(StandardLoss.CROSS_ENTROPY.of(1000, 0)).isEqualTo(1000);
    assertThat(StandardLoss.CROSS_ENTROPY.of(-1000, 1)).isEqualTo(1000);
    assertThat(StandardLoss.CROSS_ENTROPY.of(1000, 1)).isZero();
    assertThat(StandardLoss.CROSS_ENTROPY.slope(-1000, 1)).isEqualTo(-1);
    assertThat(StandardLoss.CROSS_ENTROPY.slope(1000, 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1, 2", "1, 2, -1", "0, 0, 0", "1, 2, x", "1, 2, 3, 4", "", "1, NaN, 1"})
  void weightsThatAreNotOnePerClassAreRefused(String weights) {
    var spec = new HeadSpec("tagger", 3, new Options(Map.of("class_weights", weights)));
    assertThatThrownBy(() -> spec.head().parameters(4, spec))
        .isInstanceOf(ValueException.class)
        .hasMessageStartingWith("options.class_weights = " + weights + ": must be 3 numbers");
  }

  private static double logProbability(float[] logits, int from, int target) {
    double sum = 0;
    for (int i = from; i < from + OUTPUTS; i++) {
      sum += Math.exp(logits[i]);
    }
    return logits[from + target] - Math.log(sum);
  }

  @ParameterizedTest
  @CsvSource({"last, 5, 8", "mean, 3, 5", "max, 5, 8", "attention, 5, 8"})
  void poolingIsOverTheStepsOfEachSequence(String name, float first, float second) {
    ParameterLayout layout = ParameterLayout.of(Pooling.parameters(name, 2));
    try (var memory = new NativeMemory()) {
      var workspace = new Workspace(3, 2, Kernels.best(), ElementType.FLOAT32, layout, memory);
      System.arraycopy(new int[] {2, 0}, 0, workspace.lengths(), 0, 2);
      Signal input = workspace.signal(2);
      float[] values = {1, 2, 99, 99, 5, 8, 99, 99, 99, 99, 99, 99};
      input.values().write(0, values, 0, values.length);
      if (name.equals("attention")) {
        // u = tanh(0.1 h), scores 3 and 11: e^-8 of the weight is left to the first step.
        float[] parameters = {0.1f, 0, 0, 0.1f, 0, 0, 10, 10};
        workspace.parameters().set(parameters);
      }
      Pooling pooling = Pooling.named(name, workspace, input);

      pooling.forward();

      float[] output = pooling.output().values().toArray();
      assertThat(output[0]).isCloseTo(first, within(1e-2f));
      assertThat(output[1]).isCloseTo(second, within(1e-2f));
      assertThat(Arrays.copyOfRange(output, 2, 4)).as("of length 0").containsOnly(0f);
    }
  }

  @Test
  void unknownPoolingIsNamedWithThoseThatExist() {
    var spec = new HeadSpec("classifier", 2, new Options(Map.of("pooling", "median")));
    assertThatThrownBy(() -> spec.head().parameters(4, spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pooling = median: must be one of [last, mean, max, attention]");
    var tagger = new HeadSpec("tagger", 2, new Options(Map.of("pooling", "mean")));
    assertThatThrownBy(tagger::head).hasMessageContaining("head tagger has no such option");
  }

  /** One head over a random input. */
  private static final class Bench implements AutoCloseable {
    private final NativeMemory memory = new NativeMemory();
    final Workspace workspace;
    final Signal input;
    final Objective objective;
    final Minibatch minibatch;

    Bench(HeadSpec spec) {
      ParameterLayout layout = ParameterLayout.of(spec.head().parameters(INPUTS, spec));
      workspace = new Workspace(STEPS, BATCH, Kernels.best(), ElementType.FLOAT32, layout, memory);
      System.arraycopy(LENGTHS, 0, workspace.lengths(), 0, BATCH);
      Seeds.fill(workspace.parameters().values(), "parameters", 0.5f);
      input = workspace.signal(INPUTS);
      Seeds.fill(input.values(), "input", 1f);
      objective = spec.head().bind(workspace, input, spec);
      boolean values = spec.head().predictsValues();
      int labels = spec.head().labels(spec, STEPS);
      minibatch = new Minibatch(STEPS, BATCH, 0, 0, values ? OUTPUTS : 0, labels);
      for (int b = 0; b < minibatch.labelLengths().length; b++) {
        minibatch.labelLengths()[b] = Math.min(labels, room(spec, b));
      }
      int[] targets = targets(spec, minibatch.targets().length);
      System.arraycopy(targets, 0, minibatch.targets(), 0, targets.length);
      float[] numbers = Seeds.uniform("value targets", minibatch.valueTargets().length, 1f);
      for (int i = 0; i < numbers.length; i++) {
        boolean label = spec.type().equals("multi-label");
        // Away from the kink of absolute errors.
        String loss = spec.options().values().getOrDefault("loss", "mse");
        float away = List.of("mae", "quantile").contains(loss) ? 9 * Math.signum(numbers[i]) : 0;
        minibatch.valueTargets()[i] = label ? (numbers[i] > 0 ? 1 : 0) : numbers[i] + away;
      }
    }

    double loss() {
      workspace.parametersChanged();
      var sums = new double[BATCH];
      objective.loss(minibatch, sums);
      return (sums[0] + sums[1] + sums[2]) / minibatch.targetCount();
    }

    double error(NativeBuffer values, NativeBuffer gradient) {
      return GradientCheck.maxRelativeError(this::loss, values, gradient, STEP, 1);
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  @ParameterizedTest(name = "{0} rows of {1} classes: blocks of {2}")
  @CsvSource({
    "2500, 65, 2500",
    "700, 10000, 700",
    "1400, 10000, 700",
    "261, 40000, 131",
    "100, 2000000, 100",
  })
  void softmaxWorksInEvenBlocksOfRows(int rows, int classes, int expected) {
    assertThat(SoftmaxObjective.blockRows(rows, classes)).isEqualTo(expected);
  }
}
