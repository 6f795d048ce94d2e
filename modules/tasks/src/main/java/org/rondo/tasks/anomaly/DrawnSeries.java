package org.rondo.tasks.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rondo.evaluation.anomalies.Interval;
import org.rondo.tasks.Example;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.pictures.LinePicture;
import org.rondo.tasks.pictures.LinePicture.Line;
import org.rondo.tasks.pictures.LinePicture.Part;
import org.rondo.tasks.pictures.LinePicture.Span;
import org.rondo.tasks.pictures.Picture;
import org.rondo.tasks.pictures.Steps;

/**
 * The known steps of a series, put together from the pieces of its splits. A piece of n steps tells
 * the time and the marks of the first n-1 alone, the next piece those of the last.
 */
final class DrawnSeries {
  private final AnomalyFeatures features;
  private final List<Example> pieces = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();
  private final List<double[]> calendar = new ArrayList<>();
  private final List<Boolean> marked = new ArrayList<>();

  DrawnSeries(AnomalyFeatures features) {
    this.features = features;
  }

  /** Adds the steps of the next piece; those that lead to it are there already. */
  void add(Example piece) {
    double[] history = piece.numbers(WindowPlan.HISTORY);
    double[] times = piece.numbers(WindowPlan.CALENDAR);
    double[] marks = piece.numbers(WindowPlan.EXOGENOUS);
    int width = features.channels().size();
    int inputs = features.calendar().size();
    int steps = history.length / width;
    int judged = piece.numbers(WindowPlan.FUTURE).length / width;
    // The step before the first one that is judged was the last of the piece before.
    int from = pieces.isEmpty() ? 0 : Math.max(0, steps - judged);
    for (int t = from; t < steps; t++) {
      values.add(Arrays.copyOfRange(history, t * width, (t + 1) * width));
      calendar.add(Arrays.copyOfRange(times, t * inputs, (t + 1) * inputs));
      marked.add(marks.length == steps && marks[t] > 0);
    }
    pieces.add(piece);
  }

  List<Example> pieces() {
    return List.copyOf(pieces);
  }

  /** Its steps, as they are scored. */
  List<Example> events(String id) {
    var events = new ArrayList<Example>();
    for (int t = 0; t < values.size(); t++) {
      var cells = new HashMap<String, Object>();
      cells.put(SeriesEvents.SERIES, id);
      cells.put(SeriesEvents.CALENDAR, calendar.get(t));
      for (int c = 0; c < features.channels().size(); c++) {
        cells.put(SeriesEvents.value(c), values.get(t)[c]);
      }
      events.add(new Example("step " + t + " of " + id, cells));
    }
    return events;
  }

  /**
   * The channel that the highest score is mostly of, and the scores.
   *
   * @param scored of each step
   */
  List<Picture> pictures(String id, List<RowPrediction> scored) {
    int channel = channel(scored);
    String name = features.channels().get(channel);
    String title = id.isEmpty() ? name : id + ", " + name;
    Steps steps = Steps.of(0, scored.size());
    List<Span> spans = spans(scored);
    double[] expected = numbers(scored, each -> expected(each, channel));
    double[] truth = values.stream().mapToDouble(step -> step[channel]).toArray();
    double[] scores =
        numbers(
            scored, each -> (double) each.values().getOrDefault(AnomalyDecoder.SCORE, Double.NaN));
    var threshold = new double[scores.length];
    Arrays.fill(threshold, features.alarm());
    return List.of(
        new LinePicture(
            title,
            "Steps of training and validation, what was expected of them, and the alarms."
                + (marked.contains(true) ? " Anomalies of the data are shaded." : ""),
            name,
            steps,
            List.of(
                Line.of("measured", Part.TRUTH, truth, steps),
                Line.of("expected", Part.PREDICTION, expected, steps)),
            spans),
        new LinePicture(
            (id.isEmpty() ? "Scores" : id + ", scores"),
            "From the threshold on, a score is an alarm.",
            "score",
            steps,
            List.of(
                Line.of("score", Part.SCORE, scores, steps),
                Line.of("threshold", Part.THRESHOLD, threshold, steps)),
            spans));
  }

  private int channel(List<RowPrediction> scored) {
    double highest = Double.NEGATIVE_INFINITY;
    int channel = 0;
    for (RowPrediction each : scored) {
      var shares = (double[]) each.values().get(AnomalyDecoder.CONTRIBUTIONS);
      if (shares != null && (double) each.values().get(AnomalyDecoder.SCORE) > highest) {
        highest = (double) each.values().get(AnomalyDecoder.SCORE);
        for (int c = 0; c < shares.length; c++) {
          channel = shares[c] > shares[channel] ? c : channel;
        }
      }
    }
    return channel;
  }

  private static double expected(RowPrediction scored, int channel) {
    var expected = (double[]) scored.values().get(AnomalyDecoder.EXPECTED);
    return expected == null ? Double.NaN : expected[channel];
  }

  private static double[] numbers(
      List<RowPrediction> scored, ToDoubleFunction<RowPrediction> number) {
    return scored.stream().mapToDouble(number).toArray();
  }

  private List<Span> spans(List<RowPrediction> scored) {
    var alarms = new boolean[scored.size()];
    var labels = new boolean[scored.size()];
    for (int t = 0; t < alarms.length; t++) {
      Object label = scored.get(t).values().get(AnomalyDecoder.LABEL);
      alarms[t] = label != null && (double) label > 0;
      labels[t] = marked.get(t);
    }
    var spans = new ArrayList<Span>();
    Interval.runs(labels)
        .forEach(run -> spans.add(new Span("anomaly", Part.MARKED, run.first(), run.last())));
    Interval.runs(alarms)
        .forEach(run -> spans.add(new Span("alarm", Part.FOUND, run.first(), run.last())));
    return spans;
  }
}
