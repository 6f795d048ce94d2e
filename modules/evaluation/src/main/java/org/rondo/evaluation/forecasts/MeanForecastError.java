package org.rondo.evaluation.forecasts;

import org.rondo.evaluation.Predictions;

/** A mean over all values of all forecasts that count; a lower one is better. */
interface MeanForecastError extends ForecastMetric {
  /**
   * What a value adds to the sum of a forecaster.
   *
   * @param step of the horizon
   */
  double error(ForecastLayout.Read read, Forecaster by, int step, int channel);

  /** Whether the values of a channel count in these forecasts. */
  default boolean counts(ForecastLayout.Read read, int channel) {
    return true;
  }

  @Override
  default boolean higherIsBetter() {
    return false;
  }

  /** Number of values that count, then a sum for each forecaster. */
  @Override
  default int sums() {
    return 1 + Forecaster.values().length;
  }

  @Override
  default void add(Predictions predictions, double[] sums) {
    layout().forEachTarget(predictions, read -> add(read, sums));
  }

  private void add(ForecastLayout.Read read, double[] sums) {
    layout()
        .forEachValue(
            (step, channel) -> {
              if (counts(read, channel)) {
                sums[0]++;
                for (Forecaster by : layout().forecasters()) {
                  sums[1 + by.place()] += error(read, by, step, channel);
                }
              }
            });
  }

  @Override
  default double value(double[] sums, Forecaster by) {
    return sums[1 + by.place()] / sums[0];
  }
}
