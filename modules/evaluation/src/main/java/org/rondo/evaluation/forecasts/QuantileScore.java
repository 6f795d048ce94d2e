package org.rondo.evaluation.forecasts;

/**
 * Mean quantile loss of scaled values, over the quantiles that the network has learned: {@code
 * max(q e, (q - 1) e)} of errors {@code e = y - f}. A forecaster of single values gives all
 * quantiles the same one.
 *
 * @see <a href="https://doi.org/10.2307/1913643">Koenker and Bassett 1978</a>
 */
public record QuantileScore(ForecastLayout layout) implements MeanForecastError {
  @Override
  public String name() {
    return "scaled-quantile-loss";
  }

  @Override
  public double error(ForecastLayout.Read read, Forecaster by, int step, int channel) {
    double target = read.target(step, channel);
    double[] forecasts = read.quantiles(step, channel);
    double sum = 0;
    for (int q = 0; q < forecasts.length; q++) {
      double forecast = by == Forecaster.NETWORK ? forecasts[q] : read.forecast(by, step, channel);
      double quantile = layout.quantile(q);
      double error = target - forecast;
      sum += Math.max(quantile * error, (quantile - 1) * error);
    }
    return sum / forecasts.length;
  }
}
