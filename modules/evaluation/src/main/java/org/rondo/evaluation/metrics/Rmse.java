package org.rondo.evaluation.metrics;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Root of the mean squared error of predicted values, in the units of the data; the mean over the
 * values of a prediction, each of which is a detail where there are several.
 *
 * @param units {@code (O)}: what 1 of the network is in the data, of each value
 */
public record Rmse(List<Double> units) implements Metric {
  public Rmse {
    units = List.copyOf(units);
  }

  @Override
  public String name() {
    return "rmse";
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
    ValueSums.add(predictions, sums, units, error -> error * error);
  }

  @Override
  public double value(double[] sums) {
    return ValueSums.mean(each(sums));
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return ValueSums.details(name(), each(sums));
  }

  private static double[] each(double[] sums) {
    double[] means = ValueSums.means(sums);
    for (int o = 0; o < means.length; o++) {
      means[o] = Math.sqrt(means[o]);
    }
    return means;
  }
}
