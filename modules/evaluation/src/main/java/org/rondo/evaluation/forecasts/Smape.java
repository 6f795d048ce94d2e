package org.rondo.evaluation.forecasts;

import org.rondo.evaluation.Predictions;

/**
 * Symmetric mean absolute percentage error, the mean of {@code 200 |f - y| / (|f| + |y|)}, from 0
 * to 200; 0 where both are 0. As the M4 competition has it.
 *
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2019.04.014">Makridakis et al. 2020</a>
 */
public record Smape(ForecastLayout layout) implements ForecastMetric {
  @Override
  public String name() {
    return "smape";
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
            double target = read.ofData(read.target(step, channel), channel);
            double forecast = read.ofData(read.forecast(by, step, channel), channel);
            double size = Math.abs(target) + Math.abs(forecast);
            sums[1 + by.place()] += size == 0 ? 0 : 200 * Math.abs(forecast - target) / size;
          });
    }
  }

  @Override
  public double value(double[] sums, Forecaster by) {
    return sums[1 + by.place()] / sums[0];
  }
}
