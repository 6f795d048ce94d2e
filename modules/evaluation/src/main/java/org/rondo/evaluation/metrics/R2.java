package org.rondo.evaluation.metrics;

import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Coefficient of determination, 1 - sum (target - predicted)^2 / sum (target - mean of targets)^2:
 * 1 of perfect predictions, 0 of the mean. The mean over the values of a prediction, each of which
 * is a detail where there are several; NaN of one whose targets are all the same, which does not
 * count. The unit of values does not matter; their mean should be small beside their deviation.
 *
 * @param outputs O, values of a prediction
 */
public record R2(int outputs) implements Metric {
  /** Of each value: squared errors, targets, squared targets; the number of targets is first. */
  private static final int SUMS = 3;

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int sums() {
    return 1 + SUMS * outputs;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        sums[0]++;
        for (int o = 0; o < outputs; o++) {
          double target = predictions.targetValues()[n * outputs + o];
          double error = predictions.score(n, o) - target;
          int at = 1 + SUMS * o;
          sums[at] += error * error;
          sums[at + 1] += target;
          sums[at + 2] += target * target;
        }
      }
    }
  }

  @Override
  public double value(double[] sums) {
    return ValueSums.mean(each(sums));
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return ValueSums.details(name(), each(sums));
  }

  private double[] each(double[] sums) {
    var each = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      int at = 1 + SUMS * o;
      // What rounding leaves of equal targets is no spread.
      double spread = sums[at + 2] - sums[at + 1] * sums[at + 1] / sums[0];
      each[o] = spread > 1e-12 * sums[at + 2] ? 1 - sums[at] / spread : Double.NaN;
    }
    return each;
  }
}
