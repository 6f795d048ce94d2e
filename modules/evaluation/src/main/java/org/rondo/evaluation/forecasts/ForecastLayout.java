package org.rondo.evaluation.forecasts;

import java.io.Serializable;
import java.util.List;
import org.rondo.evaluation.Predictions;

/**
 * Where the numbers of a target stand: the values of h future steps of C channels, scaled, step by
 * step; then the notes. These are the number of the series; for each channel the unit and the base
 * that make a value of the data, {@code scaled * unit + base}, the scale of its errors, 0 if it has
 * none, and the scaled last value; and, with a season, the scaled forecast of the last season, in
 * the order of the values.
 *
 * @param horizon h
 * @param channels C
 * @param series how many are known; their numbers are below, that of any other is -1
 * @param seasonal whether there is a season
 */
public record ForecastLayout(int horizon, int channels, int series, boolean seasonal)
    implements Serializable {
  private static final int UNIT = 1;

  /** Notes of each channel. */
  private static final int FIELDS = 4;

  /** Something that is done with every value that is forecast. */
  interface Visitor {
    void visit(int step, int channel);
  }

  /** Values that are forecast. */
  public int values() {
    return horizon * channels;
  }

  /** Notes behind them. */
  public int notes() {
    return UNIT + FIELDS * channels + (seasonal ? values() : 0);
  }

  /** Numbers of a target. */
  public int width() {
    return values() + notes();
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
    System.arraycopy(future, 0, target, 0, future.length);
    int at = values();
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

  /** One predicted sequence, its first prediction. */
  Read read(Predictions predictions) {
    return new Read(predictions);
  }

  /** The numbers of a target and of its forecasts. */
  final class Read {
    private final Predictions predictions;

    private Read(Predictions predictions) {
      this.predictions = predictions;
    }

    boolean hasTarget() {
      return predictions.count() > 0 && predictions.hasTarget(0);
    }

    int series() {
      return (int) predictions.targetValues()[values()];
    }

    private double field(int channel, int field) {
      return predictions.targetValues()[values() + UNIT + channel * FIELDS + field];
    }

    double unit(int channel) {
      return field(channel, 0);
    }

    /** Mean error of the naive forecast over the training rows, in the unit of the data. */
    double errorScale(int channel) {
      return field(channel, 2);
    }

    double target(int step, int channel) {
      return predictions.targetValues()[step * channels + channel];
    }

    double forecast(Forecaster by, int step, int channel) {
      int at = step * channels + channel;
      return switch (by) {
        case NETWORK -> predictions.score(0, at);
        case NAIVE -> field(channel, 3);
        case SEASONAL_NAIVE -> predictions.targetValues()[values() + UNIT + FIELDS * channels + at];
      };
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
