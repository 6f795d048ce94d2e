package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.forecasts.ErrorQuantiles;
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
 * Draws forecasts, with intervals, over what came: of each window its last known steps and its
 * future, of which the first is step 1. Intervals are those that were learned, or else as wide as
 * the errors on all validation windows say.
 *
 * @param errors sizes of scaled errors at each step, by level; empty where they were not measured
 */
record ForecastIllustrator(
    ForecastingFeatures features,
    WindowShape shape,
    ForecastLayout layout,
    Map<Integer, List<Double>> errors)
    implements Illustrator {
  /** Of the intervals by errors, in percent. */
  private static final List<Integer> LEVELS = List.of(80, 95);

  private static final int MOST_CHANNELS = 2;

  /** Known steps, in horizons, and at least. */
  private static final int HORIZONS = 2;

  private static final int LEAST_KNOWN = 48;

  @Override
  public Optional<Metric> measure() {
    return layout.levels().isEmpty() ? Optional.of(new ErrorQuantiles(layout)) : Optional.empty();
  }

  /** With an interval of each level that there are windows enough for. */
  @Override
  public Illustrator measured(Map<String, Double> details) {
    var sizes = new TreeMap<Integer, List<Double>>();
    for (int level : LEVELS) {
      List<Double> ofSteps = new ErrorQuantiles(layout).sizes(details, level);
      if (ofSteps.stream().allMatch(Double::isFinite)) {
        sizes.put(level, ofSteps);
      }
    }
    return new ForecastIllustrator(features, shape, layout, sizes);
  }

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
      double[] lower = (double[]) predicted.get(IntervalLevels.lower(level));
      double[] upper = (double[]) predicted.get(IntervalLevels.upper(level));
      lines.add(line(interval(level), Part.LOWER, lower, channel, steps));
      lines.add(line(interval(level), Part.UPPER, upper, channel, steps));
    }
    errors.forEach(
        (level, sizes) -> {
          lines.add(line(interval(level), Part.LOWER, off(predicted, sizes, -1), channel, steps));
          lines.add(line(interval(level), Part.UPPER, off(predicted, sizes, 1), channel, steps));
        });
    lines.add(Line.of("what came", Part.TRUTH, truth, steps));
    double[] forecast = (double[]) predicted.get(ForecastingDecoder.FORECAST);
    lines.add(line("forecast", Part.PREDICTION, forecast, channel, steps));
    String id = window.text(WindowPlan.ID);
    String name = window.tokens(WindowPlan.CHANNELS).get(channel);
    return new LinePicture(
        id.isEmpty() ? name : id + ", " + name,
        String.format(
            Locale.ROOT,
            "The last window of the validation steps: %s behind %s.%s",
            Counted.of(shape.horizon(), "step"),
            window.text(WindowPlan.CUTOFF),
            errors.isEmpty() ? "" : " Intervals are as wide as the errors on all its windows say."),
        name,
        steps,
        lines,
        List.of());
  }

  private static String interval(int level) {
    return String.format(Locale.ROOT, "interval of %d %%", level);
  }

  /**
   * {@code (h,C)}: so far off the forecast.
   *
   * @param sizes of each step, scaled
   * @param side -1 below, 1 above
   */
  private double[] off(Map<String, Object> predicted, List<Double> sizes, int side) {
    double[] values = ((double[]) predicted.get(ForecastingDecoder.FORECAST)).clone();
    var units = (double[]) predicted.get(ForecastingDecoder.UNIT);
    for (int i = 0; i < values.length; i++) {
      values[i] += side * sizes.get(i / shape.width()) * units[i % shape.width()];
    }
    return values;
  }

  /** A line of the steps that are forecast alone, {@code (h,C)}. */
  private Line line(String name, Part part, double[] values, int channel, Steps steps) {
    double[] forecast = channel(values, channel);
    var all = new double[1 - steps.first() + forecast.length];
    Arrays.fill(all, Double.NaN);
    System.arraycopy(forecast, 0, all, all.length - forecast.length, forecast.length);
    return Line.of(name, part, all, steps);
  }

  private double[] channel(double[] values, int channel) {
    var own = new double[values.length / shape.width()];
    for (int t = 0; t < own.length; t++) {
      own[t] = values[t * shape.width() + channel];
    }
    return own;
  }
}
