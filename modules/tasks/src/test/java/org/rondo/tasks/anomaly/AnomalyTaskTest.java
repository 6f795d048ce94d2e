package org.rondo.tasks.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.evaluation.anomalies.AnomalyLikelihood;
import org.rondo.evaluation.anomalies.DynamicThreshold;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.Network;
import org.rondo.models.NetworkSpec;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.pictures.LinePicture;
import org.rondo.tasks.pictures.LinePicture.Part;
import org.rondo.tasks.pictures.LinePicture.Span;
import org.rondo.tasks.pictures.Picture;
import org.rondo.tasks.stream.EventScorer;
import org.rondo.tasks.stream.KeyEvents;
import org.rondo.tasks.stream.KeyState;

/** Two channels over 60 steps; the network is drawn, not trained. */
class AnomalyTaskTest {
  private static final AnomalyTask TASK = new AnomalyTask();
  private static final List<String> CHANNELS = List.of("load", "oil");
  private static final int STEPS = 60;

  private static TaskSettings settings(String... changes) {
    return TaskKeys.of(TASK, changes);
  }

  private static double[][] values() {
    var random = new Random(5);
    var values = new double[STEPS][];
    for (int t = 0; t < STEPS; t++) {
      values[t] = new double[] {10 + random.nextGaussian(), 100 + 5 * random.nextGaussian()};
    }
    return values;
  }

  private static double[] flat(double[][] values, int from, int to) {
    var flat = new double[(to - from) * 2];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values[from + i / 2][i % 2];
    }
    return flat;
  }

  private static Example piece(String id, double[][] values) {
    return piece(id, values, new double[0]);
  }

  private static Example piece(String id, double[][] values, double[] marks) {
    var statistics = new double[2 * SeriesStatistics.FIELDS];
    for (int c = 0; c < 2; c++) {
      int channel = c;
      double[] own = Arrays.stream(values).mapToDouble(v -> v[channel]).toArray();
      SeriesStatistics.of(own, 1).write(statistics, c);
    }
    var row = new HashMap<String, Object>();
    row.put(WindowPlan.ID, id);
    row.put(WindowPlan.CUTOFF, "59");
    row.put(WindowPlan.CHANNELS, CHANNELS);
    row.put(WindowPlan.HISTORY, flat(values, 0, values.length - 1));
    row.put(WindowPlan.CALENDAR, new double[0]);
    row.put(WindowPlan.FUTURE, flat(values, 1, values.length));
    row.put(WindowPlan.STATISTICS, statistics);
    row.put(WindowPlan.TALLY, new double[0]);
    row.put(WindowPlan.EXOGENOUS, marks);
    return new Example("row id = " + id, row);
  }

  private static Example event(String id, Double load, Double oil) {
    var row = new HashMap<String, Object>();
    row.put(SeriesEvents.SERIES, id);
    row.put(SeriesEvents.value(0), load);
    row.put(SeriesEvents.value(1), oil);
    return new Example("event", row, Map.of(SeriesEvents.value(0), "load"));
  }

  private static AnomalyFeatures fitted(TaskSettings settings, Example... rows) {
    Fitting fitting = TASK.fitting(settings);
    for (Example row : rows) {
      fitting.add(row);
    }
    return (AnomalyFeatures) TASK.features(fitting.features().toJson());
  }

  /** A network with parameters, and its features once they know what is usual. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Detector(NetworkSpec network, float[] parameters, AnomalyFeatures features) {
    static Detector of(TaskSettings settings) {
      AnomalyFeatures features = fitted(settings, piece("a", values()));
      NetworkSpec network =
          features.network(RecurrentStack.of(CellSpec.of("gru", 5), 1, 0), settings);
      float[] parameters = Network.initialParameters(network, 4);
      try (var measure =
          new ErrorMeasure(features, network, parameters, Kernels.best(), ElementType.FLOAT32)) {
        Calibration usual = features.calibration(measure.errors(piece("a", values())));
        Features known = features.calibrated(Map.of("a", usual));
        return new Detector(network, parameters, (AnomalyFeatures) TASK.features(known.toJson()));
      }
    }

    EventScorer scorer() {
      return new EventScorer(features, network, parameters, Kernels.best(), ElementType.FLOAT32, 2);
    }
  }

  private static List<RowPrediction> scored(
      EventScorer scorer, KeyState state, List<Example> events) {
    return scorer.score(List.of(new KeyEvents<>(state, events))).get(0);
  }

  private static List<Example> events(double[][] values) {
    var events = new ArrayList<Example>();
    for (double[] step : values) {
      events.add(event("a", step[0], step[1]));
    }
    return events;
  }

  @Test
  void aPieceBecomesTheChangesOfItsSteps() {
    AnomalyFeatures features = fitted(settings(), piece("a", values()));
    Sequence sequence = features.encode(piece("a", values()));
    assertThat(sequence.length()).isEqualTo(STEPS - 1);
    double deviation = SeriesStatistics.of(column(values(), 0), 1).deviation();
    assertThat(sequence.valueTargets()[2 * 7])
        .isCloseTo((float) ((values()[8][0] - values()[7][0]) / deviation), within(1e-5f));
    assertThat(sequence.targets()).containsOnly(0);
  }

  private static double[] column(double[][] values, int c) {
    return Arrays.stream(values).mapToDouble(v -> v[c]).toArray();
  }

  @Test
  void anAutoencoderRebuildsTheLastSteps() {
    AnomalyFeatures features =
        fitted(settings("method", "rebuild", "window", "3"), piece("a", values()));
    Sequence sequence = features.encode(piece("a", values()));
    assertThat(sequence.targets()[1]).isNegative();
    assertThat(sequence.targets()[2]).isZero();
    float[] inputs = sequence.values();
    for (int i = 0; i < 6; i++) {
      assertThat(sequence.valueTargets()[6 * 5 + i]).isEqualTo(inputs[2 * 3 + i]);
    }
  }

  /** Errors of a pass over the whole series, from which scores are computed anew. */
  @ParameterizedTest
  @CsvSource({
    "forecast,likelihood",
    "forecast,threshold",
    "rebuild,likelihood",
    "forecast,quantile"
  })
  void scoresAreThoseOfErrorsInOnePassHoweverEventsAreCut(String method, String score) {
    TaskSettings settings =
        settings(
            "method",
            method,
            "score",
            score,
            "window",
            "4",
            "history",
            "30",
            "recent",
            "3",
            "probation",
            "8",
            "span",
            "3",
            "level",
            "0.5");
    Detector detector = Detector.of(settings);
    int first = method.equals("forecast") ? 1 : 3;
    double[] expected = reference(detector, settings);
    List<Example> events = events(values());
    try (EventScorer scorer = detector.scorer()) {
      KeyState whole = scorer.states().start();
      List<RowPrediction> scored = scored(scorer, whole, events);
      for (int t = 8; t < STEPS - 1; t++) {
        double told = (double) scored.get(t).values().get("outlierScore");
        assertThat(told).as("step %d", t).isCloseTo(expected[t - first], within(1e-6));
      }
      KeyState state = scorer.states().start();
      for (int from = 0; from < STEPS; from += 7) {
        state = scorer.states().decode(scorer.states().encode(state));
        List<Example> part = events.subList(from, Math.min(STEPS, from + 7));
        List<RowPrediction> own = scored(scorer, state, part);
        for (int i = 0; i < own.size(); i++) {
          assertThat(own.get(i).values().get("outlierScore"))
              .isEqualTo(scored.get(from + i).values().get("outlierScore"));
        }
      }
      assertThat(scorer.states().encode(state)).isEqualTo(scorer.states().encode(whole));
    }
  }

  private static double[] reference(Detector detector, TaskSettings settings) {
    double[][] errors;
    try (var measure =
        new ErrorMeasure(
            detector.features(),
            detector.network(),
            detector.parameters(),
            Kernels.best(),
            ElementType.FLOAT32)) {
      errors = measure.errors(piece("a", values()));
    }
    var joint = new double[errors.length];
    for (int c = 0; c < 2; c++) {
      int channel = c;
      double mean = Arrays.stream(errors).mapToDouble(e -> e[channel]).sum();
      mean /= errors.length;
      for (int t = 0; t < joint.length; t++) {
        joint[t] += errors[t][c] / mean / 2;
      }
    }
    var scores = new double[joint.length];
    if (settings.text("score").equals("likelihood")) {
      var likelihood = new AnomalyLikelihood(30, 3, 4, 8);
      for (int t = 0; t < scores.length; t++) {
        scores[t] = likelihood.next(joint[t]);
      }
      return scores;
    }
    double threshold = new DynamicThreshold(1, 1, 3, 0.13).learned(joint);
    var smoothed = new double[joint.length];
    double sum = 0;
    double weight = 0;
    for (int t = 0; t < scores.length; t++) {
      sum = joint[t] + 0.5 * sum;
      weight = 1 + 0.5 * weight;
      smoothed[t] = sum / weight;
      if (settings.text("score").equals("quantile") && t > 4) {
        // The median of the last 30 errors behind the first four.
        double[] known = Arrays.copyOfRange(smoothed, Math.max(4, t - 30), t);
        Arrays.sort(known);
        int n = known.length;
        threshold = 1.13 * (known[(n - 1) / 2] + known[n / 2]) / 2;
      }
      scores[t] = smoothed[t] / (smoothed[t] + threshold);
    }
    return scores;
  }

  @Test
  void aJumpIsToldWithItsChannelAndWhatWasExpected() {
    Detector detector = Detector.of(settings("score", "threshold", "span", "1", "probation", "8"));
    double[][] values = values();
    values[40][1] = 200;
    try (EventScorer scorer = detector.scorer()) {
      List<RowPrediction> scored = scored(scorer, scorer.states().start(), events(values));
      Map<String, Object> first = scored.get(0).values();
      assertThat(first.get("outlierScore")).isEqualTo(0.0);
      assertThat(first.get("expected")).isNull();
      Map<String, Object> jump = scored.get(40).values();
      assertThat(jump.get("predictedLabel")).isEqualTo(1.0);
      double[] shares = (double[]) jump.get("contributions");
      assertThat(shares[1]).isGreaterThan(0.8);
      assertThat(shares[0] + shares[1]).isCloseTo(1, within(1e-12));
      assertThat(((double[]) jump.get("expected"))[1]).isBetween(60.0, 140.0);
    }
  }

  @Test
  void aMissingValueIsThatBeforeAndNoError() {
    Detector detector = Detector.of(settings("score", "threshold", "span", "10"));
    List<Example> events = events(values());
    events.set(20, event("a", 10.0, null));
    events.set(30, event("a", null, null));
    try (EventScorer scorer = detector.scorer()) {
      List<RowPrediction> scored = scored(scorer, scorer.states().start(), events);
      assertThat((double[]) scored.get(20).values().get("contributions")).containsExactly(1, 0);
      assertThat(scored.get(30).problem())
          .isEqualTo("event: column load has no value, nor has another channel");
      assertThat(scored.get(31).isPredicted()).isTrue();
    }
  }

  @Test
  void seriesWithoutTrainingStepsHaveTheScalesOfAll() {
    AnomalyFeatures features = fitted(settings(), piece("a", values()));
    assertThat(features.scales("b")).isEqualTo(features.scales("a"));
  }

  @ParameterizedTest
  @CsvSource({"forecast", "rebuild"})
  void layersThatReadFromTheEndAreRefused(String method) {
    TaskSettings settings = settings("method", method);
    AnomalyFeatures features = fitted(settings, piece("a", values()));
    var both = new RecurrentStack(CellSpec.of("gru", 3), 1, 0, false, true);
    assertThatThrownBy(() -> features.network(both, settings))
        .hasMessage(
            "network.bidirectional = true: anomalies are found as steps arrive, and it would see those behind them; it must be false");
  }

  @Test
  void whatCannotBeLearnedIsRefused() {
    var constant = new double[STEPS][];
    Arrays.fill(constant, new double[] {1, 2});
    assertThatThrownBy(() -> fitted(settings(), piece("a", constant)))
        .isInstanceOf(IngestException.class)
        .hasMessage("anomaly: no training series changes; there is nothing to learn");
    assertThatThrownBy(() -> TASK.fitting(settings("alarm", "2")))
        .hasMessageContaining("anomaly.alarm");
    assertThatThrownBy(() -> TASK.fitting(settings("history", "5")))
        .hasMessageContaining("anomaly.history");
    assertThatThrownBy(() -> TASK.fitting(settings("sizes", "5/a/3")))
        .hasMessageContaining("anomaly.sizes");
  }

  /** A piece of steps to train on, whose marks are at steps 20 and 21, and one to validate on. */
  private static Map<String, List<Example>> drawn() {
    double[][] all = values();
    var later = new HashMap<String, Object>();
    later.put(WindowPlan.ID, "a");
    later.put(WindowPlan.CUTOFF, "59");
    later.put(WindowPlan.CHANNELS, CHANNELS);
    later.put(WindowPlan.HISTORY, flat(all, 30, STEPS - 1));
    later.put(WindowPlan.CALENDAR, new double[0]);
    later.put(WindowPlan.FUTURE, flat(all, 40, STEPS));
    later.put(WindowPlan.TALLY, new double[0]);
    later.put(WindowPlan.EXOGENOUS, new double[STEPS - 1 - 30]);
    var marks = new double[39];
    marks[20] = 1;
    marks[21] = 1;
    Example first = piece("a", Arrays.copyOf(all, 40), marks);
    return Map.of("train", List.of(first), "validation", List.of(new Example("row", later)));
  }

  @Test
  void pictureHoldsTheScoresOfThePiecesAsOneSeries() {
    TaskSettings settings = settings("probation", "5", "score", "threshold", "alarm", "0.4");
    AnomalyFeatures features = fitted(settings, piece("a", values()));
    NetworkSpec network =
        features.network(RecurrentStack.of(CellSpec.of("gru", 5), 1, 0), settings);
    float[] parameters = Network.initialParameters(network, 4);

    List<Picture> pictures =
        features
            .illustrator(settings)
            .orElseThrow()
            .draw(
                drawn(),
                new LearnedNetwork(network, parameters, Kernels.best(), ElementType.FLOAT32));

    var errors = new ArrayList<double[]>();
    try (var measure =
        new ErrorMeasure(features, network, parameters, Kernels.best(), ElementType.FLOAT32)) {
      for (String split : List.of("train", "validation")) {
        errors.addAll(List.of(measure.errors(drawn().get(split).get(0))));
      }
    }
    Calibration usual = features.calibration(errors.toArray(double[][]::new));
    AnomalyFeatures calibrated = features.calibrated(Map.of("a", usual));
    List<RowPrediction> scored;
    try (var scorer =
        new EventScorer(calibrated, network, parameters, Kernels.best(), ElementType.FLOAT32, 1)) {
      // Nothing tells the time of the very last step.
      List<Example> known = events(values()).subList(0, STEPS - 1);
      scored = scored(scorer, scorer.states().start(), known);
    }
    List<Float> scores =
        scored.stream()
            .map(each -> ((Double) each.values().get("outlierScore")).floatValue())
            .toList();
    assertThat(pictures).extracting(Picture::title).endsWith("a, scores").hasSize(2);
    var drawn = (LinePicture) pictures.get(1);
    assertThat(drawn.lines().get(0).values()).isEqualTo(scores);
    assertThat(drawn.lines().get(1).values()).containsOnly(0.4f);
    assertThat(drawn.spans().get(0)).isEqualTo(new Span("anomaly", Part.MARKED, 20, 21));
    long alarms = scores.stream().filter(score -> score >= 0.4f).count();
    assertThat(alarms).isPositive();
    assertThat(
            drawn.spans().stream()
                .filter(span -> span.part() == Part.FOUND)
                .mapToLong(span -> span.to() - span.from() + 1)
                .sum())
        .isEqualTo(alarms);
    assertThat(((LinePicture) pictures.get(0)).lines().get(0).values().get(42))
        .isIn((float) values()[42][0], (float) values()[42][1]);
  }
}
