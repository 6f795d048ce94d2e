package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.evaluation.forecasts.IntervalLevels;
import org.rondo.ingest.Split;
import org.rondo.kernels.Counted;
import org.rondo.tasks.Example;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.LearnedNetwork;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.pictures.LinePicture;
import org.rondo.tasks.pictures.LinePicture.Line;
import org.rondo.tasks.pictures.LinePicture.Part;
import org.rondo.tasks.pictures.Picture;
import org.rondo.tasks.pictures.Steps;

/**
 * Draws forecasts, with the intervals that were learned, over what came: of each window its last
 * known steps and its future, of which the first is step 1.
 */
record ForecastIllustrator(ForecastingFeatures features, WindowShape shape, ForecastLayout layout)
    implements Illustrator {
  private static final int MOST_CHANNELS = 2;

  /** Known steps, in horizons, and at least. */
  private static final int HORIZONS = 2;

  private static final int LEAST_KNOWN = 48;

  @Override
  public List<Picture> draw(Map<String, List<Example>> rows, LearnedNetwork network) {
    List<Example> windows =
        rows.getOrDefault(Split.VALIDATION, List.of()).stream().map(this::recent).toList();
    List<RowPrediction> predicted;
    try (var predictor = network.predictor(features)) {
      predicted = predictor.predict(windows);
    }
    var pictures = new ArrayList<Picture>();
    for (int i = 0; i < windows.size(); i++) {
      for (int c = 0; c < Math.min(MOST_CHANNELS, shape.width()); c++) {
        if (predicted.get(i).isPredicted()) {
          pictures.add(picture(windows.get(i), predicted.get(i).values(), c));
        }
      }
    }
    return pictures;
  }

  /** Of a whole split its last steps, as many as a prediction reads. */
  private Example recent(Example window) {
    int known = window.numbers(WindowPlan.HISTORY).length / shape.width();
    int steps = Math.min(known, shape.inputSize());
    var cells = new HashMap<String, Object>();
    cells.put(WindowPlan.ID, window.text(WindowPlan.ID));
    cells.put(WindowPlan.CUTOFF, window.text(WindowPlan.CUTOFF));
    cells.put(WindowPlan.CHANNELS, window.tokens(WindowPlan.CHANNELS));
    for (String role :
        List.of(
            WindowPlan.STATISTICS,
            WindowPlan.TALLY,
            WindowPlan.STATIC,
            WindowPlan.EXOGENOUS_STATISTICS)) {
      cells.put(role, window.numbers(role));
    }
    for (String role : List.of(WindowPlan.HISTORY, WindowPlan.CALENDAR, WindowPlan.EXOGENOUS)) {
      double[] all = window.numbers(role);
      cells.put(role, last(all, all.length / known * steps));
    }
    double[] future = window.numbers(WindowPlan.FUTURE);
    cells.put(WindowPlan.FUTURE, last(future, shape.horizon() * shape.width()));
    return new Example(window.place(), cells);
  }

  private static double[] last(double[] numbers, int count) {
    return Arrays.copyOfRange(numbers, numbers.length - count, numbers.length);
  }

  private LinePicture picture(Example window, Map<String, Object> predicted, int channel) {
    double[] history = channel(window.numbers(WindowPlan.HISTORY), channel);
    double[] future = channel(window.numbers(WindowPlan.FUTURE), channel);
    int known = Math.min(history.length, Math.max(LEAST_KNOWN, HORIZONS * shape.horizon()));
    var truth = Arrays.copyOfRange(history, history.length - known, history.length + future.length);
    System.arraycopy(future, 0, truth, known, future.length);
    Steps steps = Steps.of(1 - known, truth.length);
    var lines = new ArrayList<Line>();
    for (int level : layout.levels()) {
      String name = String.format(Locale.ROOT, "interval of %d %%", level);
      lines.add(line(name, Part.LOWER, predicted, IntervalLevels.lower(level), channel, steps));
      lines.add(line(name, Part.UPPER, predicted, IntervalLevels.upper(level), channel, steps));
    }
    lines.add(Line.of("what came", Part.TRUTH, truth, steps));
    lines.add(
        line("forecast", Part.PREDICTION, predicted, ForecastingDecoder.FORECAST, channel, steps));
    String id = window.text(WindowPlan.ID);
    String name = window.tokens(WindowPlan.CHANNELS).get(channel);
    return new LinePicture(
        id.isEmpty() ? name : id + ", " + name,
        String.format(
            Locale.ROOT,
            "The last window of the validation steps: %s behind %s.",
            Counted.of(shape.horizon(), "step"),
            window.text(WindowPlan.CUTOFF)),
        name,
        steps,
        lines,
        List.of());
  }

  /** A line of the steps that are forecast alone. */
  private Line line(
      String name,
      Part part,
      Map<String, Object> predicted,
      String column,
      int channel,
      Steps steps) {
    double[] forecast = channel((double[]) predicted.get(column), channel);
    var values = new double[1 - steps.first() + forecast.length];
    Arrays.fill(values, Double.NaN);
    System.arraycopy(forecast, 0, values, values.length - forecast.length, forecast.length);
    return Line.of(name, part, values, steps);
  }

  private double[] channel(double[] values, int channel) {
    var own = new double[values.length / shape.width()];
    for (int t = 0; t < own.length; t++) {
      own[t] = values[t * shape.width() + channel];
    }
    return own;
  }
}
