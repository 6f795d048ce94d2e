package org.rondo.evaluation.metrics;

import java.util.List;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Mean squared error where the target of each step is the values of the next one, beside that of
 * repeating the last values: the simplest prediction, which a useful one must beat. A mean over all
 * values of all steps but the first of a sequence, whose own values no target tells.
 *
 * @param units {@code (O)}: what 1 of the network is in the data, of each value
 * @param of which figure it is
 */
public record NextStepMse(List<Double> units, Of of) implements Metric {
  private static final int SUMS = 3;

  /** The figures. */
  public enum Of {
    /** Of the predictions. */
    PREDICTIONS("mse"),
    /** The first of these divided by the next: below 1 where predictions are of use. */
    RATIO("mse-over-repeating"),
    /** Of the last values in their place. */
    REPEATING("mse-of-repeating");

    private final String metric;

    Of(String metric) {
      this.metric = metric;
    }
  }

  public NextStepMse {
    units = List.copyOf(units);
  }

  @Override
  public String name() {
    return of.metric;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int sums() {
    return SUMS;
  }

  /** Sums: the number of values, squared errors of predictions, those of repeating. */
  @Override
  public void add(Predictions predictions, double[] sums) {
    int outputs = units.size();
    float[] targets = predictions.targetValues();
    for (int n = 1; n < predictions.count(); n++) {
      if (predictions.hasTarget(n) && predictions.hasTarget(n - 1)) {
        sums[0] += outputs;
        for (int o = 0; o < outputs; o++) {
          double target = targets[n * outputs + o];
          double error = (predictions.score(n, o) - target) * units.get(o);
          double change = (targets[(n - 1) * outputs + o] - target) * units.get(o);
          sums[1] += error * error;
          sums[2] += change * change;
        }
      }
    }
  }

  @Override
  public double value(double[] sums) {
    return switch (of) {
      case PREDICTIONS -> sums[1] / sums[0];
      case RATIO -> sums[2] == 0 ? Double.NaN : sums[1] / sums[2];
      case REPEATING -> sums[2] / sums[0];
    };
  }
}
