package org.rondo.evaluation.forecasts;

/**
 * Symmetric mean absolute percentage error, the mean of {@code 200 |f - y| / (|f| + |y|)}, from 0
 * to 200; 0 where both are 0. As the M4 competition has it.
 *
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2019.04.014">Makridakis et al. 2020</a>
 */
public record Smape(ForecastLayout layout) implements MeanForecastError {
  @Override
  public String name() {
    return "smape";
  }

  @Override
  public double error(ForecastLayout.Read read, Forecaster by, int step, int channel) {
    double target = read.ofData(read.target(step, channel), channel);
    double forecast = read.ofData(read.forecast(by, step, channel), channel);
    double size = Math.abs(target) + Math.abs(forecast);
    return size == 0 ? 0 : 200 * Math.abs(forecast - target) / size;
  }
}
