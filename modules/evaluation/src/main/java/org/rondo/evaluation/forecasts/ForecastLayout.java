package org.rondo.evaluation.forecasts;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.rondo.evaluation.Predictions;

/**
 * Where the numbers of a target stand: the values of h future steps of C channels, scaled, step by
 * step, once for each of the Q forecasts that a network makes of them; then the notes. These are
 * the number of the series; for each channel the unit and the base that make a value of the data,
 * {@code scaled * unit + base}, the scale of its errors, 0 if it has none, and the scaled last
 * value; and, with a season, the scaled forecast of the last season, in the order of the values.
 *
 * <p>Without levels Q is 1. With L levels, each an interval, it is 2 L + 1: the forecasts are the
 * quantiles of {@link #quantiles}, from the lowest to the highest, of which the middle one is the
 * median. Where a network makes a lower one larger than a higher one, they are sorted (Chernozhukov
 * et al. 2010).
 *
 * @param horizon h
 * @param channels C
 * @param series how many are known; their numbers are below, that of any other is -1
 * @param seasonal whether there is a season
 * @param levels of the intervals that the network has learned, in percent, rising
 * @see <a href="https://doi.org/10.3982/ECTA7880">Chernozhukov et al. 2010</a>
 */
public record ForecastLayout(
    int horizon, int channels, int series, boolean seasonal, List<Integer> levels)
    implements Serializable {
  private static final int UNIT = 1;

  /** Notes of each channel. */
  private static final int FIELDS = 4;

  public ForecastLayout {
    levels = List.copyOf(levels);
  }

  /** A layout of single forecasts. */
  public ForecastLayout(int horizon, int channels, int series, boolean seasonal) {
    this(horizon, channels, series, seasonal, List.of());
  }

  /** Something that is done with every value that is forecast. */
  interface Visitor {
    void visit(int step, int channel);
  }

  /** Values that are forecast. */
  public int values() {
    return horizon * channels;
  }

  /** The q-th of the Q quantiles that are forecast, rising; 0.5 alone without levels. */
  double quantile(int q) {
    int fromMedian = q - median();
    if (fromMedian == 0) {
      return 0.5;
    }
    int level = levels.get(Math.abs(fromMedian) - 1);
    return (100 + Integer.signum(fromMedian) * level) / 200.0;
  }

  /** The Q quantiles that are forecast, rising. */
  public List<Double> quantiles() {
    return IntStream.rangeClosed(0, 2 * median()).mapToObj(this::quantile).toList();
  }

  /** Numbers that a network forecasts. */
  public int forecasts() {
    return values() * (2 * median() + 1);
  }

  /** Notes behind them. */
  public int notes() {
    return UNIT + FIELDS * channels + (seasonal ? values() : 0);
  }

  /** Numbers of a target. */
  public int width() {
    return forecasts() + notes();
  }

  /** Those that forecast. */
  List<Forecaster> forecasters() {
    return seasonal ? List.of(Forecaster.values()) : List.of(Forecaster.NETWORK, Forecaster.NAIVE);
  }

  /**
   * A target.
   *
   * @param series its number
   * @param channels of one channel each: unit, base, scale of the errors and scaled last value
   * @param future {@code (h,C)}: scaled values
   * @param season {@code (h,C)}: scaled values of the last season; empty without one
   */
  public float[] target(int series, List<float[]> channels, float[] future, float[] season) {
    var target = new float[width()];
    int at = 0;
    while (at < forecasts()) {
      System.arraycopy(future, 0, target, at, future.length);
      at += future.length;
    }
    target[at++] = series;
    for (float[] channel : channels) {
      System.arraycopy(channel, 0, target, at, FIELDS);
      at += FIELDS;
    }
    System.arraycopy(season, 0, target, at, season.length);
    return target;
  }

  void forEachValue(Visitor visitor) {
    for (int step = 0; step < horizon; step++) {
      for (int channel = 0; channel < channels; channel++) {
        visitor.visit(step, channel);
      }
    }
  }

  /**
   * What the network forecasts of one value.
   *
   * @param predictions of one sequence
   * @param n which of them
   * @param at its place among the values
   * @return {@code (Q)}: scaled, rising
   */
  public double[] forecast(Predictions predictions, int n, int at) {
    var forecast = new double[2 * median() + 1];
    for (int q = 0; q < forecast.length; q++) {
      forecast[q] = predictions.score(n, q * values() + at);
    }
    Arrays.sort(forecast);
    return forecast;
  }

  /** Place of the median among the quantiles. */
  public int median() {
    return levels.size();
  }

  /** Those predictions of a sequence that have a target: that of a window, or of each step. */
  void forEachTarget(Predictions predictions, Consumer<Read> each) {
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        each.accept(new Read(predictions, n));
      }
    }
  }

  /** The numbers of a target and of its forecasts. */
  final class Read {
    private final Predictions predictions;
    private final int n;

    private Read(Predictions predictions, int n) {
      this.predictions = predictions;
      this.n = n;
    }

    private float number(int at) {
      return predictions.targetValues()[n * width() + at];
    }

    int series() {
      return (int) number(forecasts());
    }

    private double field(int channel, int field) {
      return number(forecasts() + UNIT + channel * FIELDS + field);
    }

    double unit(int channel) {
      return field(channel, 0);
    }

    /** Mean error of the naive forecast over the training rows, in the unit of the data. */
    double errorScale(int channel) {
      return field(channel, 2);
    }

    double target(int step, int channel) {
      return number(step * channels + channel);
    }

    double forecast(Forecaster by, int step, int channel) {
      int at = step * channels + channel;
      return switch (by) {
        case NETWORK ->
            levels.isEmpty() ? predictions.score(n, at) : quantiles(step, channel)[median()];
        case NAIVE -> field(channel, 3);
        case SEASONAL_NAIVE -> number(forecasts() + UNIT + FIELDS * channels + at);
      };
    }

    /** {@code (Q)}: scaled quantiles that the network forecasts, rising. */
    double[] quantiles(int step, int channel) {
      return ForecastLayout.this.forecast(predictions, n, step * channels + channel);
    }

    double error(Forecaster by, int step, int channel) {
      return forecast(by, step, channel) - target(step, channel);
    }

    /** A scaled value as the data has it. */
    double ofData(double scaled, int channel) {
      return scaled * unit(channel) + field(channel, 1);
    }
  }
}
