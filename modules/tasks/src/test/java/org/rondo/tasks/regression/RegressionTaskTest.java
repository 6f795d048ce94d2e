package org.rondo.tasks.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.metrics.R2;
import org.rondo.evaluation.metrics.Rmse;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.TinyTraining;
import org.rondo.testkit.SpokenLetters;

class RegressionTaskTest {
  private static final Task TASK = new RegressionTask();
  private static final TaskSettings WHOLE = TaskKeys.of(TASK);
  private static final TaskSettings STEPS = TaskKeys.of(TASK, "per_step", "true");

  private static Example row(float[][] series, Object target) {
    var values = new HashMap<String, Object>();
    values.put("series", series);
    values.put("target", target);
    return new Example("loads.json:7", values);
  }

  private static float[][] series(double... values) {
    return DoubleStream.of(values).mapToObj(v -> new float[] {(float) v}).toArray(float[][]::new);
  }

  private static double[] numbers(double... values) {
    return values;
  }

  private static Features fit(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    Arrays.stream(rows).forEach(fitting::add);
    return fitting.features();
  }

  /** Targets 10 and 30: mean 20, deviation 10. */
  private static Features whole() {
    return fit(WHOLE, row(series(1, 2), numbers(10)), row(series(3), numbers(30)));
  }

  /** Targets 10, 30 and a gap. */
  private static Features steps() {
    return fit(STEPS, row(series(1, 2, 3), series(10, Double.NaN, 30)));
  }

  @Test
  void isFoundByItsName() {
    assertThat(Task.ALL.named("regression")).isInstanceOf(RegressionTask.class);
  }

  @Test
  void everyKeyAndDefaultIsPinned() {
    assertThat(TaskKeys.defaults(TASK))
        .containsExactly(
            entry("convolution", ""),
            entry("deltas", "0"),
            entry("embedding", "0"),
            entry("hop", "10"),
            entry("image", ""),
            entry("input", "auto"),
            entry("keep", "first"),
            entry("lowercase", "true"),
            entry("maximum_length", "0"),
            entry("maximum_seconds", "30"),
            entry("maximum_vocabulary", "0"),
            entry("mels", "40"),
            entry("metric", "auto"),
            entry("minimum_count", "1"),
            entry("per_step", "false"),
            entry("pooling", "last"),
            entry("rate", "16000"),
            entry("stack", "3"),
            entry("standardize", "true"),
            entry("target", "column"),
            entry("window", "25"));
  }

  @ParameterizedTest
  @CsvSource({"input,word", "per_step,yes", "pooling,none", "metric,accuracy", "embedding,-1"})
  void aValueOutOfPlaceNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("regression." + key + " = " + value + ": must be");
  }

  /** 90 ms are 1 + (720 - 200) / 80 = 7 frames, 3 steps of three. */
  @Test
  void numbersOfRecordingsAreForTheWholeOrForEachFrame() {
    Map<String, Object> sound = Map.of("audio", SpokenLetters.wav("a"));
    String[] keys = {"input", "audio", "rate", "8000", "mels", "12", "per_step", "false"};
    TaskSettings whole = TaskKeys.of(TASK, keys);
    assertThat(TASK.columns(whole)).contains(new Column("audio", ColumnType.BYTES, Need.ALWAYS));
    var one = new HashMap<>(sound);
    one.put("target", numbers(1));
    var three = new HashMap<String, Object>(Map.of("audio", SpokenLetters.wav("abc")));
    three.put("target", numbers(3));
    Sequence sequence =
        fit(whole, new Example("1.wav", one), new Example("3.wav", three))
            .encode(new Example("1.wav", one));
    assertThat(sequence.length()).isEqualTo(3);
    assertThat(sequence.valueTargets()).as("1 of mean 2, deviation 1").containsExactly(-1);

    keys[keys.length - 1] = "true";
    one.put("target", series(10, Double.NaN, 30));
    Features features = fit(TaskKeys.of(TASK, keys), new Example("1.wav", one));
    assertThat(features.encode(new Example("1.wav", one)).valueTargets()[2]).isEqualTo(1);
    one.put("target", series(10, 30));
    assertThatThrownBy(() -> features.encode(new Example("1.wav", one)))
        .hasMessage("1.wav: column target has 2 steps, the input 3");
  }

  @Test
  void theTargetIsNumbersOrASeries() {
    assertThat(TASK.columns(TaskKeys.of(TASK, "input", "series")))
        .containsExactly(
            new Column("series", ColumnType.SERIES, Need.ALWAYS),
            new Column("target", ColumnType.NUMBERS, Need.TO_LEARN),
            new Column("weight", ColumnType.NUMBER, Need.IF_NAMED));
    assertThat(TASK.columns(STEPS))
        .contains(new Column("target", ColumnType.SERIES_WITH_GAPS, Need.TO_LEARN));
  }

  @Test
  void targetsAreScaledAsTheTrainingRowsSay() {
    assertThat(whole().shape()).isEqualTo(new SequenceShape(List.of(), 1, 0, 1));
    Sequence sequence = whole().encode(row(series(1, 2), numbers(45)));
    assertThat(sequence.valueTargets()).containsExactly(2.5f);

    var counts = new Counts();
    sequence = steps().encode(row(series(1, 2), series(Double.NaN, 10)), counts);
    assertThat(sequence.targets()).containsExactly(-1, 0);
    assertThat(sequence.valueTargets()).containsExactly(0, -1);
    assertThat(counts.of("steps without target")).isOne();
  }

  @Test
  void aRowWithoutTargetIsEncodedWithoutOne() {
    assertThat(whole().encode(row(series(1, 2), null)).valueTargets()).isEmpty();
  }

  @Test
  void partsThatAreMergedGiveTheScalesOfAll() {
    Fitting first = TASK.fitting(WHOLE);
    first.merge(TASK.fitting(WHOLE));
    first.add(row(series(1), numbers(10, 7)));
    Fitting second = TASK.fitting(WHOLE);
    second.add(row(series(2), numbers(30, 7)));
    first.merge(second);

    Sequence sequence = first.features().encode(row(series(2), numbers(45, 8)));

    // The second is constant: its deviation counts as 1.
    assertThat(sequence.valueTargets()).containsExactly(2.5f, 1);
  }

  @Test
  void targetsAreCutWithTheInput() {
    TaskSettings settings = TaskKeys.of(TASK, "per_step", "true", "maximum_length", "2");
    Features features = fit(settings, row(series(1, 2, 3), series(10, 30, 999)));
    Sequence sequence = features.encode(row(series(1, 2, 3), series(20, 30, 999)));
    assertThat(sequence.valueTargets()).containsExactly(0, 1);
  }

  @Test
  void targetsAreThoseOfTheStepsThatAreKept() {
    TaskSettings settings =
        TaskKeys.of(TASK, "per_step", "true", "maximum_length", "2", "keep", "ends");
    Features features = fit(settings, row(series(1, 2, 3), series(10, 999, 30)));
    Sequence sequence = features.encode(row(series(1, 2, 3), series(20, 999, 40)));
    assertThat(sequence.valueTargets()).containsExactly(0, 2);
    assertThat(values(sequence)).containsExactly(-1, 1);
  }

  private static double[] values(Sequence sequence) {
    var minibatch = new Minibatch(sequence.length(), 1, 0, 1, 1, 0);
    sequence.fill(minibatch, 0, 0);
    var values = new double[minibatch.values().length];
    Arrays.setAll(values, i -> minibatch.values()[i]);
    return values;
  }

  @Test
  void itsJsonGivesTheSameFeatures() {
    for (Features features : List.of(whole(), steps())) {
      Features read = TASK.features(features.toJson());
      assertThat(read.toJson()).isEqualTo(features.toJson());
      assertThat(read.metrics()).isEqualTo(features.metrics());
    }
    assertThatThrownBy(
            () ->
                TASK.features(
                    whole().toJson().replace("rmse", "auc").replace("\"auto\"", "\"auc\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metric");
  }

  @Test
  void theSummaryTellsTargetsAndInput() {
    assertThat(steps().summary())
        .startsWith("regression of 1 number (mean 20.00 +- 10.00) for each step of 1 value in")
        .contains(", 1 row, ", "1 step without target");
  }

  @Test
  void unusableTargetsAreRefusedByPlaceAndColumn() {
    refused(WHOLE, whole(), row(series(1), numbers(Double.NaN)), "holds NaN as number 1");
    refused(WHOLE, whole(), row(series(1), numbers(1e300)), "holds 1.0E300 as number 1");
    refused(WHOLE, whole(), row(series(1), numbers()), "holds no number");
    refused(WHOLE, whole(), row(series(1), "x"), "holds String, not double[]");
    refused(STEPS, steps(), row(series(1, 2), series(1)), "has 1 step, the input 2");
    refused(
        STEPS,
        steps(),
        row(series(1), series(Double.POSITIVE_INFINITY)),
        "holds Infinity in step 1");
    refused(
        STEPS,
        steps(),
        row(series(1), new float[][] {{1, Float.NaN}}),
        "holds a number in step 1 where another is missing");
    refused(
        STEPS,
        steps(),
        row(series(1, 2), new float[][] {{1}, {1, 2}}),
        "holds 2 numbers, where others hold 1");
  }

  private static void refused(TaskSettings settings, Features features, Example row, String text) {
    assertThatThrownBy(() -> TASK.fitting(settings).add(row))
        .isInstanceOf(BadExampleException.class)
        .hasMessageStartingWith("loads.json:7: column target " + text);
    var counts = new Counts();
    assertThatThrownBy(() -> features.encode(row, counts))
        .isInstanceOf(BadExampleException.class)
        .hasMessageStartingWith("loads.json:7: column target " + text);
    assertThat(counts.all()).isEmpty();
  }

  @Test
  void theNextStepIsATargetWithoutAColumn() {
    TaskSettings plain =
        TaskKeys.of(TASK, "input", "series", "target", "next", "standardize", "false");
    float[][] steps = {{1, 5}, {2, 5}, {4, 7}};
    Features features = fit(plain, row(steps, null));

    assertThat(TASK.columns(plain))
        .containsExactly(
            new Column("series", ColumnType.SERIES, Need.ALWAYS),
            new Column("weight", ColumnType.NUMBER, Need.IF_NAMED));
    assertThat(features.shape().outputs()).isEqualTo(2);
    Sequence sequence = features.encode(row(steps, null));
    assertThat(sequence.targets()).containsExactly(0, 0, Minibatch.NO_TARGET);
    assertThat(sequence.valueTargets()).startsWith(2, 5, 4, 7);
    assertThat(features.encode(row(new float[][] {{1, 2}}, null)).targets())
        .containsExactly(Minibatch.NO_TARGET);
    assertThat(features.metrics())
        .extracting(Metric::name)
        .containsExactly("mse", "mse-over-repeating", "mse-of-repeating");
    assertThat(TASK.features(features.toJson()).toJson()).isEqualTo(features.toJson());
    assertThat(features.toJson()).contains("\"perStep\" : \"next\"");
    assertThat(features.summary())
        .startsWith("regression of the next step of 2 values in each step");
    // Where inputs are scaled, so are targets: 2 and 4 have the mean 3 and the deviation 1.
    TaskSettings scaled = TaskKeys.of(TASK, "input", "series", "target", "next");
    assertThat(fit(scaled, row(steps, null)).encode(row(steps, null)).valueTargets())
        .startsWith(-1, -1, 1, 1);
    var both = new RecurrentStack(CellSpec.of("gru", 3), 1, 0, false, true);
    assertThatThrownBy(() -> features.network(both, plain))
        .hasMessage(
            "network.bidirectional = true: sees the step to forecast where regression.target = next; it must be false");
    assertThatThrownBy(() -> TASK.columns(TaskKeys.of(TASK, "target", "next")))
        .hasMessage("regression.target = next: must be column unless regression.input = series");
  }

  @Test
  void targetsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> whole().encode(row(series(1), numbers(1, 2))))
        .hasMessage("loads.json:7: column target holds 2 numbers, where others hold 1");
    Fitting fitting = TASK.fitting(WHOLE);
    fitting.add(row(series(1), numbers(1)));
    assertThatThrownBy(() -> fitting.add(row(series(1), numbers(1, 2))))
        .hasMessage("loads.json:7: column target holds 2 numbers, where others hold 1");
    Fitting other = TASK.fitting(WHOLE);
    other.add(row(series(1), numbers(1, 2)));
    assertThatThrownBy(() -> fitting.merge(other))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("1 number in a target, others 2");
  }

  @Test
  void aRowWithoutStepsIsRefused() {
    assertThatThrownBy(() -> whole().encode(row(series(), null)))
        .hasMessage("loads.json:7: column series holds no step");
    var tokens = new HashMap<String, Object>();
    tokens.put("tokens", List.of());
    tokens.put("target", series());
    assertThatThrownBy(() -> TASK.fitting(STEPS).add(new Example("a:1", tokens)))
        .hasMessage("a:1: it is empty, so there is no step to predict");
  }

  @Test
  void rowsOfWhichNothingCanBeLearnedEndTheRun() {
    assertThatThrownBy(() -> TASK.fitting(WHOLE).features())
        .hasMessage("regression: there are no training rows");
    assertThatThrownBy(() -> fit(STEPS, row(series(1), series(Double.NaN))))
        .hasMessage("regression: there is no target in 1 training row");
    assertThatThrownBy(() -> fit(WHOLE, row(series(1), numbers(0.1)), row(series(2), numbers(0.1))))
        .isInstanceOf(IngestException.class)
        .hasMessageContaining("all targets of 2 training rows are the same");
  }

  @Test
  void figuresAreInTheUnitsOfTheData() {
    var predictions =
        new Predictions(new int[] {0}, new int[0], 1, new float[] {1.5f}, new float[] {1});
    Metric first = whole().metrics().get(0);
    var sums = new double[first.sums()];
    first.add(predictions, sums);
    assertThat(first.name()).isEqualTo("rmse");
    assertThat(first.value(sums)).isEqualTo(5);
    Features byR2 =
        fit(
            TaskKeys.of(TASK, "metric", "r2"),
            row(series(1), numbers(1)),
            row(series(2), numbers(2)));
    assertThat(byR2.metrics()).extracting(Metric::name).containsExactly("r2", "rmse", "mae");
  }

  @Test
  void predictionsAreInTheUnitsOfTheData() {
    var one = new Predictions(new int[1], new int[0], 1, new float[] {0.5f}, new float[0]);
    assertThat(whole().decoder().decode(row(series(1), null), one))
        .containsExactly(entry("prediction", 25.0));
    var two = new Predictions(new int[2], new int[0], 1, new float[] {0.5f, -1}, new float[0]);
    assertThat((double[]) steps().decoder().decode(row(series(1, 2), null), two).get("prediction"))
        .containsExactly(25, 10);
    Features several = fit(STEPS, row(series(1, 2), new float[][] {{10, 1}, {30, 3}}));
    assertThat(
            (float[][])
                several
                    .decoder()
                    .decode(
                        row(series(1), null),
                        new Predictions(
                            new int[1], new int[0], 2, new float[] {0.5f, -1}, new float[0]))
                    .get("prediction"))
        .isDeepEqualTo(new float[][] {{25, 1}});
    assertThat(several.decoder().columns())
        .containsExactly(new Column("prediction", ColumnType.SERIES, Need.ALWAYS));
  }

  private static RecurrentStack stack() {
    return RecurrentStack.of(CellSpec.of("gru", 8), 1, 0);
  }

  private static List<Example> toys(boolean perStep) {
    var random = new Random(3);
    var rows = new ArrayList<Example>();
    for (int i = 0; i < 16; i++) {
      double[] values = random.doubles(3 + i % 3).map(v -> 2 * v - 1).toArray();
      double[] sums = values.clone();
      Arrays.parallelPrefix(sums, Double::sum);
      double mean = sums[sums.length - 1] / sums.length;
      rows.add(row(series(values), perStep ? series(sums) : numbers(1000 + 50 * mean)));
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void meansAndRunningSumsAreLearned(boolean perStep) {
    TaskSettings settings =
        TaskKeys.of(TASK, "per_step", String.valueOf(perStep), "pooling", "mean");
    List<Example> rows = toys(perStep);
    Features features = fit(settings, rows.toArray(Example[]::new));
    NetworkSpec spec = features.network(stack(), settings);
    try (var training = new TinyTraining(spec, rows.stream().map(features::encode).toList())) {
      // The mean of the targets has the R2 0.
      assertThat(training.measure(new R2(1))).isLessThan(0.5);
      training.run(300);
      assertThat(training.measure(new R2(1))).isGreaterThan(0.95);
      assertThat(training.measure(features.metrics().get(0)))
          .isCloseTo(
              training.measure(new Rmse(List.of(1.0))) * deviation(rows, perStep), within(1e-4));
    }
  }

  /** By its definition. */
  private static double deviation(List<Example> rows, boolean perStep) {
    double[] all =
        rows.stream()
            .flatMapToDouble(
                row ->
                    perStep
                        ? Arrays.stream(row.series("target")).mapToDouble(step -> step[0])
                        : DoubleStream.of(row.numbers("target")))
            .toArray();
    double mean = DoubleStream.of(all).average().orElseThrow();
    return Math.sqrt(
        DoubleStream.of(all).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @Test
  void aPredictionIsTheSameAloneAndAmongOthers() {
    List<Example> rows = toys(true);
    Features features = fit(STEPS, rows.toArray(Example[]::new));
    NetworkSpec spec = features.network(stack(), STEPS);
    float[] parameters = Network.initialParameters(spec, 1);
    try (var predictor =
        new Predictor(features, spec, parameters, Kernels.best(), ElementType.FLOAT32)) {
      var together = predictor.predict(rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat((double[]) predictor.predict(rows.get(i)).get("prediction"))
            .hasSize(rows.get(i).series("series").length)
            .containsExactly((double[]) together.get(i).values().get("prediction"));
      }
    }
  }
}
