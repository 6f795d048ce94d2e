package org.rondo.tasks.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rondo.tasks.forecasting.ForecastWindows.TASK;
import static org.rondo.tasks.forecasting.ForecastWindows.TENS;
import static org.rondo.tasks.forecasting.ForecastWindows.fitted;
import static org.rondo.tasks.forecasting.ForecastWindows.settings;
import static org.rondo.tasks.forecasting.ForecastWindows.tens;
import static org.rondo.tasks.forecasting.ForecastWindows.window;

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
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.pictures.LinePicture;
import org.rondo.tasks.pictures.LinePicture.Part;
import org.rondo.tasks.pictures.Picture;
import org.rondo.tasks.pictures.Steps;

/** What networks make of windows: forecasts, intervals, pictures, and carried states. */
class ForecastingNetworkTest {
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
