package org.rondo.tasks.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.forecasts.ErrorQuantiles;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.HiddenState;
import org.rondo.models.Minibatch;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.pictures.LinePicture;
import org.rondo.tasks.pictures.LinePicture.Part;
import org.rondo.tasks.pictures.Picture;
import org.rondo.tasks.pictures.Steps;

/** Windows of four steps and a horizon of two, of one channel or two. */
class ForecastingTaskTest {
  private static final ForecastingTask TASK = new ForecastingTask();

  private static TaskSettings settings(String... changes) {
    var all = new String[changes.length + 4];
    System.arraycopy(new String[] {"horizon", "2", "input_size", "4"}, 0, all, 0, 4);
    System.arraycopy(changes, 0, all, 4, changes.length);
    return TaskKeys.of(TASK, all);
  }

  private static double[] statistics(double[]... channels) {
    var all = new double[channels.length * SeriesStatistics.FIELDS];
    for (int c = 0; c < channels.length; c++) {
      SeriesStatistics.of(channels[c], 1).write(all, c);
    }
    return all;
  }

  private static Example window(
      String id, List<String> channels, double[] history, double[] future, double[] statistics) {
    var values = new HashMap<String, Object>();
    values.put(WindowPlan.ID, id);
    values.put(WindowPlan.CUTOFF, "4");
    values.put(WindowPlan.CHANNELS, channels);
    values.put(WindowPlan.HISTORY, history);
    values.put(WindowPlan.CALENDAR, new double[0]);
    values.put(WindowPlan.FUTURE, future);
    values.put(WindowPlan.STATISTICS, statistics);
    values.put(WindowPlan.TALLY, new double[0]);
    return new Example("row id = " + id, withoutOthers(values));
  }

  private static Map<String, Object> withoutOthers(Map<String, Object> values) {
    for (String role :
        List.of(WindowPlan.EXOGENOUS, WindowPlan.STATIC, WindowPlan.EXOGENOUS_STATISTICS)) {
      values.putIfAbsent(role, new double[0]);
    }
    return values;
  }

  /** Mean 10, deviation 2, errors of the naive forecast 4. */
  private static final double[] TENS = statistics(new double[] {8, 12, 8, 12});

  private static Example tens(String id) {
    return window(id, List.of("y"), new double[] {8, 12, 14, 6}, new double[] {10, 8}, TENS);
  }

  private static Features fitted(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    for (Example row : rows) {
      fitting.add(row);
    }
    return TASK.features(fitting.features().toJson());
  }

  @Test
  void valuesAreScaledAndTheLastIsTakenOff() {
    Features features = fitted(settings("season", "3"), tens("a"));
    Sequence sequence = features.encode(tens("a"));

    // Scaled -1 1 2 -2, and 2 is added to each; future 0 -1.
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(), 1, 0, 2 + 1 + 4 + 2));
    assertThat(sequence.values()).containsExactly(1, 3, 4, 0);
    // The series' number, then unit, base, error scale and last value; then the last season.
    assertThat(sequence.valueTargets()).containsExactly(2, 1, 0, 2, 6, 4, 0, 3, 4);
  }

  @Test
  void withoutTheLastTakenOffLevelsStay() {
    Features features = fitted(settings("subtract_last", "false"), tens("a"));
    Sequence sequence = features.encode(tens("a"));
    assertThat(sequence.values()).containsExactly(-1, 1, 2, -2);
    assertThat(sequence.valueTargets()).containsExactly(0, -1, 0, 2, 10, 4, -2);
  }

  @Test
  void segmentsAreStepsSideBySideWithTheCalendarOfTheLast() {
    TaskSettings settings =
        settings("segment", "2", "scaler", "none", "subtract_last", "false", "calendar", "hour");
    var values = new HashMap<String, Object>();
    values.put(WindowPlan.ID, "a");
    values.put(WindowPlan.CUTOFF, "4");
    values.put(WindowPlan.CHANNELS, List.of("y", "z"));
    values.put(WindowPlan.HISTORY, new double[] {1, 10, 2, 20, 3, 30, 4, 40});
    values.put(WindowPlan.CALENDAR, new double[] {-0.4, -0.3, -0.2, -0.1});
    values.put(WindowPlan.STATISTICS, statistics(new double[] {1, 2}, new double[] {3, 4}));
    values.put(WindowPlan.TALLY, new double[] {2, 0, 0, 0, 1});
    var row = new Example("row", withoutOthers(values));
    Features features = fitted(settings, row);
    var counts = new Counts();

    Sequence sequence = features.encode(row, counts);

    assertThat(sequence.length()).isEqualTo(2);
    assertThat(sequence.values()).containsExactly(1, 10, 2, 20, -0.3f, 3, 30, 4, 40, -0.1f);
    assertThat(counts.all())
        .containsOnly(Map.entry("filled steps", 2L), Map.entry("constant channels", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "none, series, 0, 1",
    "standard, series, 10, 2",
    "robust, series, 10, 4",
    "minmax, series, 8, 4",
    "standard, all, 15, 5.3851648071345",
    "minmax, all, 8, 14",
  })
  void scalersAreThoseOfTheTrainingSteps(String name, String over, double center, double unit) {
    Example other =
        window(
            "b",
            List.of("y"),
            new double[4],
            new double[2],
            statistics(new double[] {18, 22, 18, 22}));
    Features features =
        fitted(
            settings("scaler", name, "scale_over", over, "subtract_last", "false"),
            tens("a"),
            other);
    Sequence sequence = features.encode(tens("a"));
    for (int t = 0; t < 4; t++) {
      double value = new double[] {8, 12, 14, 6}[t];
      assertThat(sequence.values()[t]).isCloseTo((float) ((value - center) / unit), within(1e-6f));
    }
  }

  @Test
  void aSeriesThatWasNotLearnedIsScaledByItsOwnSteps() {
    Features features = fitted(settings("subtract_last", "false"), tens("a"));
    Example other =
        window(
            "b",
            List.of("y"),
            new double[] {100, 300, 100, 300},
            new double[] {300, 100},
            statistics(new double[] {100, 300}));
    var counts = new Counts();
    assertThat(features.encode(other, counts).values()).containsExactly(-1, 1, -1, 1);
    assertThat(features.encode(other).valueTargets()[2]).as("number").isEqualTo(-1);
    assertThat(counts.all()).containsOnlyKeys("windows of series without training rows");
  }

  /**
   * Two steps side by side; visits, and a price and that of two steps later; a size of the store.
   */
  private static Example store(String id, double size) {
    var values = new HashMap<String, Object>();
    values.put(WindowPlan.ID, id);
    values.put(WindowPlan.CUTOFF, "4");
    values.put(WindowPlan.CHANNELS, List.of("y"));
    values.put(WindowPlan.HISTORY, new double[] {8, 12, 14, 6});
    values.put(WindowPlan.CALENDAR, new double[0]);
    values.put(WindowPlan.FUTURE, new double[] {10, 8});
    values.put(WindowPlan.STATISTICS, TENS);
    values.put(WindowPlan.TALLY, new double[0]);
    values.put(WindowPlan.EXOGENOUS, new double[] {30, 1, 3, 50, 2, 4, 70, 3, 5, 30, 4, 6});
    values.put(WindowPlan.STATIC, new double[] {size});
    // Visits 50 with a deviation of 20, prices 3 with one of 1.
    values.put(
        WindowPlan.EXOGENOUS_STATISTICS,
        statistics(new double[] {30, 70}, new double[] {2, 4}, new double[] {size, size}));
    return new Example("row id = " + id, values);
  }

  @Test
  void otherColumnsAreScaledAndStandBehindTheChannels() {
    TaskSettings settings =
        settings(
            "segment",
            "2",
            "subtract_last",
            "false",
            "static_cols",
            "size",
            "hist_exog_cols",
            "visits",
            "futr_exog_cols",
            "price");
    Features features = fitted(settings, store("a", 100), store("b", 300));
    assertThat(features.encode(store("a", 100)).length()).isEqualTo(2);
    assertThat(features.encode(store("a", 100)).values())
        .containsExactly(
            -1, 1, -1, -2, 0, 0, -1, 1, -1, // visits and prices of two steps, then the size
            2, -2, 1, 0, 2, -1, 1, 3, -1);
    assertThat(features.encode(store("c", 300)).values()[8]).isEqualTo(1);
    assertThatThrownBy(() -> TASK.columns(settings("input_size", "1", "futr_exog_cols", "price")))
        .hasMessageContaining("needs an input_size of at least horizon = 2");
  }

  @Test
  void forecastsAreInTheUnitsOfTheData() {
    Features features = fitted(settings(), tens("a"));
    var scores = new float[features.shape().outputs()];
    scores[0] = 1.5f;
    scores[1] = -1;
    Map<String, Object> values =
        features
            .decoder()
            .decode(tens("a"), Predictions.withoutTargets(new int[0], scores.length, scores));
    // 6 + 2 * 1.5 and 6 - 2.
    assertThat((double[]) values.get("forecast")).containsExactly(9, 4);
  }

  @Test
  void quantilesAreForecastWithTheirIntervals() {
    TaskSettings settings = settings("loss", "quantile", "level", "80, 50");
    Features features = fitted(settings, tens("a"));
    assertThat(features.forecasts().orElseThrow().levels()).containsExactly(50, 80);
    assertThat(features.encode(tens("a")).valueTargets()).startsWith(2, 1, 2, 1, 2, 1, 2, 1, 2, 1);
    assertThat(features.metrics())
        .extracting(Metric::name)
        .startsWith("scaled-quantile-loss", "scaled-mse")
        .endsWith("naive-scaled-quantile-loss", "coverage-50", "coverage-80");
    var network = features.network(RecurrentStack.of(CellSpec.of("gru", 3), 1, 0), settings);
    assertThat(network.head().options().values())
        .containsEntry("quantiles", "0.1, 0.25, 0.5, 0.75, 0.9")
        .containsEntry("notes", "5");

    var scores = new float[features.shape().outputs()];
    System.arraycopy(new float[] {-2, 0, -1, 1, 0, 2, 1, 3, 2, 4}, 0, scores, 0, 10);
    Map<String, Object> values =
        features
            .decoder()
            .decode(tens("a"), Predictions.withoutTargets(new int[0], scores.length, scores));
    // Around the last value, 6, in units of 2.
    assertThat((double[]) values.get("forecast")).containsExactly(6, 10);
    assertThat((double[]) values.get("lower_50")).containsExactly(4, 8);
    assertThat((double[]) values.get("upper_50")).containsExactly(8, 12);
    assertThat((double[]) values.get("lower_80")).containsExactly(2, 6);
    assertThat((double[]) values.get("upper_80")).containsExactly(10, 14);
    assertThat(features.decoder().columns()).hasSize(values.size());
  }

  @Test
  void whatWasWrittenBeforeThereWereIntervalsIsRead() {
    String json = fitted(settings(), tens("a")).toJson();
    String before =
        json.replace("\"version\" : 2", "\"version\" : 1")
            .replaceFirst("\"levels\" : \\[ *\\],", "")
            .replace("\"holdOut\" : 0,", "")
            .replaceFirst(",\\s*\"exogenous\" : \\{[^}]*\\}", "")
            .replaceFirst("\"exogenous\" : \\{[^}]*\\}[^}]*\\}[^}]*\\},", "");
    assertThat(before).doesNotContain("levels", "holdOut", "exogenous");
    assertThat(TASK.features(before).toJson()).isEqualTo(json);
  }

  @Test
  void partsOfTheRowsComeToTheSame() {
    TaskSettings settings = settings("per_channel", "true");
    Example other = window("b", List.of("z"), new double[4], new double[2], TENS);
    Fitting first = TASK.fitting(settings);
    first.add(tens("a"));
    Fitting second = TASK.fitting(settings);
    second.add(other);
    second.add(tens("a"));
    first.merge(second);
    first.merge(TASK.fitting(settings));
    assertThat(first.features().toJson())
        .isEqualTo(fitted(settings, tens("a"), other, tens("a")).toJson());
  }

  @Test
  void theMetricOfTheLossDecidesAndNaiveForecastsStandBeside() {
    assertThat(fitted(settings("loss", "mae", "season", "2"), tens("a")).metrics())
        .extracting(Metric::name)
        .startsWith("scaled-mae", "scaled-mse")
        .endsWith("naive-scaled-mae", "seasonal-naive-scaled-mae");
    assertThat(fitted(settings("metric", "rse"), tens("a")).metrics())
        .extracting(Metric::name)
        .startsWith("rse")
        .endsWith("corr", "naive-rse");
  }

  @Test
  void theNetworkPredictsTheValuesAlone() {
    TaskSettings settings = settings("loss", "huber");
    var stack = RecurrentStack.of(CellSpec.of("gru", 3), 1, 0);
    var network = fitted(settings, tens("a")).network(stack, settings);
    assertThat(SequenceShape.of(network)).isEqualTo(fitted(settings, tens("a")).shape());
    assertThat(network.head().options().values())
        .containsOnly(
            Map.entry("loss", "huber"), Map.entry("notes", "5"), Map.entry("pooling", "last"));
  }

  @Test
  void otherChannelsThanThoseLearnedAreRefused() {
    Features features = fitted(settings(), tens("a"));
    Example other = window("a", List.of("z"), new double[4], new double[2], TENS);
    assertThatThrownBy(() -> features.encode(other))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("row id = a: column channels holds [z], learned were [y]");
    Example shorter = window("a", List.of("y"), new double[3], new double[2], TENS);
    assertThatThrownBy(() -> features.encode(shorter))
        .hasMessage("row id = a: column history holds 3 numbers, not 4");
    Example far = window("a", List.of("y"), new double[] {1e300, 0, 0, 0}, new double[2], TENS);
    assertThatThrownBy(() -> features.encode(far)).hasMessageContaining("too far");
  }

  @Test
  void constantValuesAreNothingToForecast() {
    double[] constant = statistics(new double[] {3, 3, 3});
    Example row = window("a", List.of("y"), new double[4], new double[2], constant);
    assertThatThrownBy(() -> fitted(settings(), row))
        .isInstanceOf(IngestException.class)
        .hasMessage("forecasting: all training values are the same; there is nothing to forecast");
    // Beside another series a constant one is learned as it is.
    Example all =
        window("a", List.of("y"), new double[] {3, 3, 3, 3}, new double[] {3, 3}, constant);
    assertThat(fitted(settings(), all, tens("b")).encode(all).values()).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "segment|3|must divide input_size = 4",
        "season|5|must be from 0 (none) to input_size = 4",
        "sizes|8/2|must be steps of each split, such as 8640/2880/2880",
        "sizes|a/b/c|must be steps of each split, such as 8640/2880/2880",
        "sizes|5/2/2|training has 5 steps, and a window 6: input_size and horizon",
        "sizes|8/0/1|validation and test must be 0 or at least horizon = 2 steps",
        "input_size|0|must be >= 1",
        "loss|mape|must be one of [mse, mae, huber, quantile]",
        "level|80|is for loss = quantile; other networks get intervals by rondo predict --level",
        "missing|zero|must be one of [refuse, previous]",
      })
  void whatKeysCannotHoldIsRefused(String key, String value, String rule) {
    assertThatThrownBy(() -> TASK.columns(settings(key, value)))
        .hasMessage("forecasting." + key + " = " + value + ": " + rule);
  }

  @Test
  void intervalsThatAreLearnedHaveLevels() {
    assertThatThrownBy(() -> TASK.columns(settings("loss", "quantile")))
        .hasMessageStartingWith("forecasting.level = : loss = quantile learns intervals; name ");
    assertThatThrownBy(() -> TASK.columns(settings("loss", "quantile", "level", "80, 100")))
        .hasMessageStartingWith("forecasting.level = 80, 100: must be whole numbers from 1 to 99");
  }

  @Test
  void quartilesOfAllSeriesAreNotKnown() {
    assertThatThrownBy(() -> TASK.fitting(settings("scaler", "robust", "scale_over", "all")))
        .hasMessage("forecasting.scale_over = all: must be series with scaler = robust");
  }

  @Test
  void threeHorizonsAreReadByDefault() {
    TaskSettings settings = TaskKeys.of(TASK, "horizon", "5");
    assertThat(TASK.windows(settings).orElseThrow().inputSize()).isEqualTo(15);
  }

  @Test
  void pictureHoldsTheForecastBehindWhatIsKnown() {
    TaskSettings settings = settings("loss", "quantile", "level", "80");
    Features features = fitted(settings, tens("a"), tens("b"));
    NetworkSpec network =
        features.network(RecurrentStack.of(CellSpec.of("gru", 3), 1, 0), settings);
    float[] parameters = Network.initialParameters(network, 2);
    Map<String, Object> predicted;
    try (var predictor =
        new Predictor(features, network, parameters, Kernels.best(), ElementType.FLOAT32)) {
      predicted = predictor.predict(tens("b"));
    }

    List<Picture> pictures =
        features
            .illustrator(settings)
            .orElseThrow()
            .draw(
                Map.of("validation", List.of(tens("a"), tens("b"))),
                new LearnedNetwork(network, parameters, Kernels.best(), ElementType.FLOAT32));

    assertThat(pictures).extracting(Picture::title).containsExactly("a, y", "b, y");
    var picture = (LinePicture) pictures.get(1);
    assertThat(picture.steps()).isEqualTo(new Steps(-3, 1, 6));
    assertThat(picture.lines())
        .extracting(line -> line.part())
        .containsExactly(Part.LOWER, Part.UPPER, Part.TRUTH, Part.PREDICTION);
    assertThat(picture.lines().get(2).values()).containsExactly(8f, 12f, 14f, 6f, 10f, 8f);
    for (var line : Map.of(0, "lower_80", 1, "upper_80", 3, "forecast").entrySet()) {
      var of = (double[]) predicted.get(line.getValue());
      assertThat(picture.lines().get(line.getKey()).values())
          .containsExactly(null, null, null, null, (float) of[0], (float) of[1]);
    }
  }

  @Test
  void pictureHasIntervalsAsWideAsTheErrorsThatWereMeasured() {
    Features features = fitted(settings(), tens("a"));
    NetworkSpec network =
        features.network(RecurrentStack.of(CellSpec.of("gru", 3), 1, 0), settings());
    float[] parameters = Network.initialParameters(network, 2);
    Illustrator illustrator = features.illustrator(settings()).orElseThrow();
    Metric measured = illustrator.measure().orElseThrow();
    var details = new HashMap<String, Double>();
    for (int step = 0; step < 2; step++) {
      details.put(ErrorQuantiles.detail(80, step), 0.5 + step);
      details.put(ErrorQuantiles.detail(95, step), Double.POSITIVE_INFINITY); // too few windows
    }
    List<Picture> pictures =
        illustrator
            .measured(details)
            .draw(
                Map.of("validation", List.of(tens("a"))),
                new LearnedNetwork(network, parameters, Kernels.best(), ElementType.FLOAT32));

    assertThat(measured).isInstanceOf(ErrorQuantiles.class);
    List<LinePicture.Line> lines = ((LinePicture) pictures.get(0)).lines();
    assertThat(lines)
        .extracting(line -> line.name())
        .containsExactly("interval of 80 %", "interval of 80 %", "what came", "forecast");
    // Tens deviate by 2.
    for (int step = 0; step < 2; step++) {
      float forecast = lines.get(3).values().get(4 + step);
      float size = 2 * (0.5f + step);
      assertThat(lines.get(0).values().get(4 + step)).isCloseTo(forecast - size, within(1e-5f));
      assertThat(lines.get(1).values().get(4 + step)).isCloseTo(forecast + size, within(1e-5f));
    }
  }

  /** Steps of a split, of which all but the first three of the history are forecast from. */
  private static Example piece(double[] history, double... future) {
    return window("a", List.of("y"), history, future, TENS);
  }

  private static final double[] STEPS = {8, 12, 14, 6, 10};

  @Test
  void carriedSeriesHasATargetForEachStepOfItsSplit() {
    TaskSettings settings = settings("windows", "carried", "season", "3");
    Features features = fitted(settings, tens("a"));
    Sequence sequence = features.encode(piece(STEPS, 14, 6, 10, 8, 12));
    int width = features.forecasts().orElseThrow().width();

    // Scaled, with nothing taken off: it is read by a network that carries its state.
    assertThat(sequence.values()).containsExactly(-1, 1, 2, -2, 0);
    // The horizon behind the second step is the first that lies in the split, but a season is
    // three.
    assertThat(sequence.targets()).containsExactly(-1, -1, 0, 0, 0);
    // From the third step, 14: two steps, notes with a base of 14, and the season 8 12.
    assertThat(Arrays.copyOfRange(sequence.valueTargets(), 2 * width, 3 * width))
        .containsExactly(-4, -2, 0, 2, 14, 4, 0, -3, -1);
    // From the last one, 10.
    assertThat(Arrays.copyOfRange(sequence.valueTargets(), 4 * width, 5 * width))
        .containsExactly(-1, 1, 0, 2, 10, 4, 0, 2, -2);
    assertThat(features.encode(piece(STEPS, 8, 12)).targets())
        .as("of a window alone")
        .containsExactly(-1, -1, -1, -1, 0);
  }

  @Test
  void carriedStateGivesTheForecastsOfOneLongUnroll() {
    TaskSettings settings = settings("windows", "carried", "loss", "quantile", "level", "80");
    Features features = fitted(settings, tens("a"));
    NetworkSpec spec = features.network(RecurrentStack.of(CellSpec.of("gru", 3), 2, 0), settings);
    float[] parameters = Network.initialParameters(spec, 2);
    Sequence sequence = features.encode(piece(STEPS, 14, 6, 10, 8, 12));
    int outputs = spec.head().outputs();

    float[] whole = scores(spec, parameters, sequence, STEPS.length);
    for (int unroll = 1; unroll < STEPS.length; unroll++) {
      assertThat(scores(spec, parameters, sequence, unroll))
          .as("unroll %d", unroll)
          .containsExactly(whole, within(1e-6f));
    }
    Map<String, Object> predicted;
    try (var predictor =
        new Predictor(features, spec, parameters, Kernels.best(), ElementType.FLOAT32)) {
      predicted = predictor.predict(piece(STEPS, 8, 12));
    }
    // The median of the first step: of the lower end, the median and the upper end, two steps each.
    float[] last = Arrays.copyOfRange(whole, 4 * outputs, 5 * outputs);
    float[] quantiles = {last[0], last[2], last[4]};
    Arrays.sort(quantiles);
    assertThat(((double[]) predicted.get("forecast"))[0])
        .isCloseTo(10 + 2 * quantiles[1], within(1e-5));
  }

  /** {@code (T,O)} of a sequence that is read so many steps at a time. */
  private static float[] scores(
      NetworkSpec spec, float[] parameters, Sequence sequence, int unroll) {
    int outputs = spec.head().outputs();
    var all = new float[sequence.length() * outputs];
    try (Network network =
        Network.forEvaluation(spec, Kernels.best(), ElementType.FLOAT32, unroll, 1)) {
      network.parameters().values().write(0, parameters, 0, parameters.length);
      network.parametersChanged();
      HiddenState state = network.newState();
      var minibatch = Minibatch.forNetwork(spec, unroll, 1);
      var scores = new float[unroll * outputs];
      for (int from = 0; from < sequence.length(); from += unroll) {
        minibatch.clear();
        sequence.fill(minibatch, 0, from);
        network.evaluate(minibatch, state, new double[1], scores, new int[0]);
        int count = Math.min(unroll, sequence.length() - from) * outputs;
        System.arraycopy(scores, 0, all, from * outputs, count);
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"segment, 2", "step, 3", "futr_exog_cols, price"})
  void carriedSeriesHaveNoWindows(String key, String value) {
    assertThatThrownBy(() -> TASK.fitting(settings("windows", "carried", key, value)))
        .hasMessageContaining(key)
        .hasMessageContaining("windows = carried");
    TaskSettings settings = settings("windows", "carried");
    Features features = fitted(settings, tens("a"));
    var both = new RecurrentStack(CellSpec.of("gru", 3), 1, 0, false, true);
    assertThatThrownBy(() -> features.network(both, settings))
        .hasMessageContaining("sees the steps to forecast");
  }
}
