package org.rondo.evaluation.forecasts;

import java.util.Locale;
import org.rondo.evaluation.Predictions;

/**
 * Mean error over all values of all forecasts: absolute ({@code mae}), squared ({@code mse}), or
 * the root of that ({@code rmse}).
 *
 * @param scaled whether errors are those of scaled values ({@code scaled-mae} and so on), as papers
 *     on the ETT data report them; else of values of the data
 */
public record ForecastError(Kind kind, boolean scaled, ForecastLayout layout)
    implements ForecastMetric {
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
  public boolean higherIsBetter() {
    return false;
  }

  /** Number of values, then a sum for each forecaster. */
  @Override
  public int sums() {
    return 1 + Forecaster.values().length;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    ForecastLayout.Read read = layout.read(predictions);
    if (!read.hasTarget()) {
      return;
    }
    sums[0] += layout.values();
    for (Forecaster by : layout.forecasters()) {
      layout.forEachValue(
          (step, channel) -> {
            double error = read.error(by, step, channel) * (scaled ? 1 : read.unit(channel));
            sums[1 + by.place()] += kind == Kind.MAE ? Math.abs(error) : error * error;
          });
    }
  }

  @Override
  public double value(double[] sums, Forecaster by) {
    double mean = sums[1 + by.place()] / sums[0];
    return kind == Kind.RMSE ? Math.sqrt(mean) : mean;
  }
}
