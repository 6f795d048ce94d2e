package org.rondo.evaluation.metrics;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Mean absolute error of predicted values, in the units of the data; the mean over the values of a
 * prediction, each of which is a detail where there are several.
 *
 * @param units {@code (O)}: what 1 of the network is in the data, of each value
 */
public record Mae(List<Double> units) implements Metric {
  public Mae {
    units = List.copyOf(units);
  }

  @Override
  public String name() {
    return "mae";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int sums() {
    return ValueSums.length(units.size());
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    ValueSums.add(predictions, sums, units, Math::abs);
  }

  @Override
  public double value(double[] sums) {
    return ValueSums.mean(ValueSums.means(sums));
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return ValueSums.details(name(), ValueSums.means(sums));
  }
}
