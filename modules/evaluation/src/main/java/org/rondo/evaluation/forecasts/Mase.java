package org.rondo.evaluation.forecasts;

/**
 * Mean absolute scaled error: each absolute error is divided by the mean absolute error that the
 * (seasonal) naive forecast of one step makes over the training rows of its series. Values of
 * series where that is 0 do not count.
 *
 * @see <a href="https://doi.org/10.1016/j.ijforecast.2006.03.001">Hyndman and Koehler 2006</a>
 */
public record Mase(ForecastLayout layout) implements MeanForecastError {
  @Override
  public String name() {
    return "mase";
  }

  @Override
  public boolean counts(ForecastLayout.Read read, int channel) {
    return read.errorScale(channel) > 0;
  }

  @Override
  public double error(ForecastLayout.Read read, Forecaster by, int step, int channel) {
    double error = Math.abs(read.error(by, step, channel)) * read.unit(channel);
    return error / read.errorScale(channel);
  }
}
