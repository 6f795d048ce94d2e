package org.rondo.evaluation.forecasts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;

/**
 * How far off forecasts are: of every step of the horizon, the size of scaled errors that a share
 * of the windows does not exceed. Around a new forecast, errors up to that size make an interval
 * that covers the value with that probability, as far as errors to come are like those measured
 * (split conformal prediction).
 *
 * <p>Sizes are counted in {@value #BINS} bins whose edges are 1 % apart; a quantile is the upper
 * edge of its bin, so that it is at most 1 % too large.
 *
 * @see <a href="https://arxiv.org/abs/1604.04173">Lei et al. 2018</a>
 */
public record ErrorQuantiles(ForecastLayout layout) implements Metric {
  private static final double LEAST = 1e-8;
  private static final double STEP = 1.01;
  private static final int BINS = 4096;

  /** In percent. */
  private static final int MOST_LEVEL = 99;

  @Override
  public String name() {
    return "error-quantiles";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int sums() {
    return layout.horizon() * BINS;
  }

  @Override
  public void add(Predictions predictions, double[] sums) {
    layout.forEachTarget(
        predictions,
        read ->
            layout.forEachValue(
                (step, channel) ->
                    sums[step * BINS + bin(read.error(Forecaster.NETWORK, step, channel))]++));
  }

  private static int bin(double error) {
    double steps = StrictMath.log(Math.abs(error) / LEAST) / StrictMath.log(STEP);
    return (int) Math.max(0, Math.min(BINS - 1, Math.ceil(steps)));
  }

  /** The median of the last step. */
  @Override
  public double value(double[] sums) {
    return quantile(sums, 50, layout.horizon() - 1);
  }

  @Override
  public Map<String, Double> details(double[] sums) {
    var details = new TreeMap<String, Double>();
    for (int level = 1; level <= MOST_LEVEL; level++) {
      for (int step = 0; step < layout.horizon(); step++) {
        details.put(detail(level, step), quantile(sums, level, step));
      }
    }
    return details;
  }

  /**
   * Name of the detail that is the quantile of one step.
   *
   * @param level in percent, from 1 to 99
   * @param step from 0
   */
  public static String detail(int level, int step) {
    return String.format(Locale.ROOT, "%d %% at step %d", level, step + 1);
  }

  /**
   * The sizes of errors at each step that a share of the windows does not exceed.
   *
   * @param details of {@link #details}
   * @param level that share in percent, from 1 to 99
   * @return {@code (h)}
   */
  public List<Double> sizes(Map<String, Double> details, int level) {
    return IntStream.range(0, layout.horizon())
        .mapToObj(step -> details.get(detail(level, step)))
        .toList();
  }

  /** The size of error number ceil((n + 1) level) of n; infinite where there are fewer. */
  private double quantile(double[] sums, int level, int step) {
    double n = 0;
    for (int bin = 0; bin < BINS; bin++) {
      n += sums[step * BINS + bin];
    }
    double wanted = Math.ceil((n + 1) * level / 100);
    double seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += sums[step * BINS + bin];
      if (seen >= wanted) {
        return LEAST * StrictMath.pow(STEP, bin);
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
