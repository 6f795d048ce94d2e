package org.rondo.evaluation.forecasts;

import java.util.Map;
import java.util.TreeMap;
import org.rondo.evaluation.Metric;

/** A figure of the network's forecasts, with those of the others as details. */
public interface ForecastMetric extends Metric {
  /** Where it finds what it reads. */
  ForecastLayout layout();

  /** The figure of one forecaster, which the layout has. */
  double value(double[] sums, Forecaster by);

  @Override
  default double value(double[] sums) {
    return value(sums, Forecaster.NETWORK);
  }

  @Override
  default Map<String, Double> details(double[] sums) {
    var details = new TreeMap<String, Double>();
    for (Forecaster by : layout().forecasters()) {
      if (by != Forecaster.NETWORK) {
        details.put(by.word(), value(sums, by));
      }
    }
    return details;
  }
}
