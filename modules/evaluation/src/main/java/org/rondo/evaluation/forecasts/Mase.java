package org.rondo.evaluation.forecasts;

import org.rondo.evaluation.Predictions;

/**
 * Mean absolute scaled error: each absolute error is divided by the mean absolute error that the
 * (seasonal) naive forecast of one step makes over the training rows of its series. Values of
 * series where that is 0 do not count.
 *
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2006.03.001">Hyndman and Koehler 2006</a>
 */
public record Mase(ForecastLayout layout) implements ForecastMetric {
  @Override
  public String name() {
    return "mase";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  /** Number of values that count, then a sum for each forecaster. */
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
    layout.forEachValue(
        (step, channel) -> {
          double scale = read.errorScale(channel);
          if (scale > 0) {
            sums[0]++;
            for (Forecaster by : layout.forecasters()) {
              double error = Math.abs(read.error(by, step, channel)) * read.unit(channel);
              sums[1 + by.place()] += error / scale;
            }
          }
        });
  }

  @Override
  public double value(double[] sums, Forecaster by) {
    return sums[1 + by.place()] / sums[0];
  }
}
