package org.rondo.evaluation.forecasts;

import org.rondo.evaluation.Predictions;

/**
 * Pearson's correlation of forecasts and values at the last step of the horizon: of every channel
 * of every series by itself, and the mean of these. Channels whose values are all the same do not
 * count; forecasts that are all the same have no correlation, and make it NaN. Only series of the
 * training rows are known apart.
 *
 * @see <a href="https://arxiv.org/abs/1703.07015">Lai et al. 2018 (LSTNet)</a>
 */
public record Correlation(ForecastLayout layout) implements ForecastMetric {
  /** Of each channel: number, sum and squares of the values; */
  private static final int OF_VALUES = 3;

  /** ... of each forecaster: sum and squares of the forecasts, products with the values. */
  private static final int OF_FORECASTS = 3;

  private static final int FIELDS = OF_VALUES + OF_FORECASTS * Forecaster.values().length;

  @Override
  public String name() {
    return "corr";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return layout.series() * layout.channels() * FIELDS;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    layout.forEachTarget(predictions, read -> add(read, sums));
  }

  private void add(ForecastLayout.Read read, double[] sums) {
    if (read.series() < 0) {
      return;
    }
    int last = layout.horizon() - 1;
    for (int channel = 0; channel < layout.channels(); channel++) {
      int at = (read.series() * layout.channels() + channel) * FIELDS;
      double target = read.ofData(read.target(last, channel), channel);
      sums[at]++;
      sums[at + 1] += target;
      sums[at + 2] += target * target;
      for (Forecaster by : layout.forecasters()) {
        double forecast = read.ofData(read.forecast(by, last, channel), channel);
        int own = at + OF_VALUES + OF_FORECASTS * by.place();
        sums[own] += forecast;
        sums[own + 1] += forecast * forecast;
        sums[own + 2] += forecast * target;
      }
    }
  }

  @Override
  public double value(double[] sums, Forecaster by) {
    double sum = 0;
    int counted = 0;
    for (int at = 0; at < sums.length; at += FIELDS) {
      double n = sums[at];
      double values = n == 0 ? 0 : Spread.of(n, sums[at + 1], sums[at + 2]);
      if (values > 0) {
        int own = at + OF_VALUES + OF_FORECASTS * by.place();
        double forecasts = Spread.of(n, sums[own], sums[own + 1]);
        double product = sums[own + 2] - sums[own] * sums[at + 1] / n;
        sum += forecasts > 0 ? product / Math.sqrt(forecasts * values) : Double.NaN;
        counted++;
      }
    }
    return sum / counted;
  }
}
