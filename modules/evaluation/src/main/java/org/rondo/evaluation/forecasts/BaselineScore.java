package org.rondo.evaluation.forecasts;

import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/** The figure of another forecaster than the network, to stand beside the network's. */
public record BaselineScore(ForecastMetric of, Forecaster by) implements Metric {
  @Override
  public String name() {
    return by.word() + "-" + of.name();
  }

  @Override
  public boolean higherIsBetter() {
    return of.higherIsBetter();
  }

  @Override
  public int sums() {
    return of.sums();
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    of.add(predictions, sums);
  }

  @Override
  public double value(double[] sums) {
    return of.value(sums, by);
  }
}
