package org.rondo.evaluation.forecasts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * Share of the values that lie in an interval around their forecast; right is the interval's level,
 * neither more nor less. The width of the interval, scaled, is a detail: of two that cover alike,
 * the narrow one is better.
 *
 * @param level of the interval, in percent
 * @param errors by step: how far the interval reaches, scaled, to both sides of a forecast; empty
 *     where it is one that the network has learned
 */
public record Coverage(ForecastLayout layout, int level, List<Double> errors) implements Metric {
  /** Name of the detail that is the mean width. */
  public static final String WIDTH = "scaled width";

  public Coverage {
    errors = List.copyOf(errors);
  }

  @Override
  public String name() {
    return String.format(Locale.ROOT, "coverage-%d", level);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  /** Number of values, of those covered, sum of widths. */
  @Override
  public int sums() {
    return 3;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    layout.forEachTarget(predictions, read -> add(read, sums));
  }

  private void add(ForecastLayout.Read read, double[] sums) {
    layout.forEachValue(
        (step, channel) -> {
          double[] quantiles = read.quantiles(step, channel);
          int index = layout.levels().indexOf(level);
          int half = errors.isEmpty() ? index + 1 : 0;
          double more = errors.isEmpty() ? 0 : errors.get(step);
          double lower = quantiles[layout.median() - half] - more;
          double upper = quantiles[layout.median() + half] + more;
          double target = read.target(step, channel);
          sums[0]++;
          sums[1] += target >= lower && target <= upper ? 1 : 0;
          sums[2] += upper - lower;
        });
  }

  @Override
  public double value(double[] sums) {
    return sums[1] / sums[0];
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    return Map.of(WIDTH, sums[2] / sums[0]);
  }
}
