package org.rondo.evaluation.forecasts;

import org.rondo.evaluation.Predictions;

/**
 * Root relative squared error of the last step of the horizon, in the units of the data, over all
 * series and channels at once: {@code sqrt(sum (f - y)^2 / sum (y - mean y)^2)}. NaN where all
 * values are the same.
 *
 * @see <a href="https://arxiv.org/abs/1703.07015">Lai et al. 2018 (LSTNet)</a>
 */
public record Rse(ForecastLayout layout) implements ForecastMetric {
  private static final int SUM = 1;
  private static final int SQUARES = 2;
  private static final int ERRORS = 3;

  @Override
  public String name() {
    return "rse";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  /** Number of values, their sum, that of their squares, then squared errors by forecaster. */
  @Override
  public int sums() {
    return ERRORS + Forecaster.values().length;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    layout.forEachTarget(predictions, read -> add(read, sums));
  }

  private void add(ForecastLayout.Read read, double[] sums) {
    int last = layout.horizon() - 1;
    for (int channel = 0; channel < layout.channels(); channel++) {
      double target = read.ofData(read.target(last, channel), channel);
      sums[0]++;
      sums[SUM] += target;
      sums[SQUARES] += target * target;
      for (Forecaster by : layout.forecasters()) {
        double error = read.error(by, last, channel) * read.unit(channel);
        sums[ERRORS + by.place()] += error * error;
      }
    }
  }

  @Override
  public double value(double[] sums, Forecaster by) {
    double spread = Spread.of(sums[0], sums[SUM], sums[SQUARES]);
    return spread > 0 ? Math.sqrt(sums[ERRORS + by.place()] / spread) : Double.NaN;
  }
}
