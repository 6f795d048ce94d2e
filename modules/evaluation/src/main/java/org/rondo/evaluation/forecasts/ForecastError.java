package org.rondo.evaluation.forecasts;

import java.util.Locale;

/**
 * Mean error over all values of all forecasts: absolute ({@code mae}), squared ({@code mse}), or
 * the root of that ({@code rmse}).
 *
 * @param scaled whether errors are those of scaled values ({@code scaled-mae} and so on), as papers
 *     on the ETT data report them; else of values of the data
 */
public record ForecastError(Kind kind, boolean scaled, ForecastLayout layout)
    implements MeanForecastError {
  /** What becomes of an error. */
  public enum Kind {
    MAE,
    MSE,
    RMSE
  }

  @Override
  public String name() {
    return (scaled ? "scaled-" : "") + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public double error(ForecastLayout.Read read, Forecaster by, int step, int channel) {
    double error = read.error(by, step, channel) * (scaled ? 1 : read.unit(channel));
    return kind == Kind.MAE ? Math.abs(error) : error * error;
  }

  @Override
  public double value(double[] sums, Forecaster by) {
    double mean = MeanForecastError.super.value(sums, by);
    return kind == Kind.RMSE ? Math.sqrt(mean) : mean;
  }
}
