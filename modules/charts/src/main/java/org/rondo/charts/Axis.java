package org.rondo.charts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One direction of a panel, from its first tick to its last.
 *
 * @param title with the unit
 * @param logarithmic whether equal ratios, not equal differences, are equally far apart
 * @param ticks at least two, rising; above 0 where the axis is logarithmic
 */
public record Axis(String title, boolean logarithmic, List<Double> ticks) {
  private static final int MOST_STEPS = 6;

  /** Part of its values that an axis covers at least: steps of less cannot be told apart. */
  private static final double NARROWEST = 1e-12;

  private static final double[] ROUND_STEPS = {1, 2, 5, 10};
  private static final double[] FINE_RATIOS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
  private static final double[] COARSE_RATIOS = {1, 2, 5};

  public Axis {
    ticks = List.copyOf(ticks);
    if (ticks.size() < 2 || (logarithmic && ticks.get(0) <= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "axis '%s': needs two ticks, above 0 if logarithmic, got %s",
              title,
              ticks));
    }
  }

  /**
   * A linear axis over {@code low..high}, widened to the next round numbers. Values that are nearly
   * equal have room above them.
   */
  public static Axis linear(String title, double low, double high) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double top = high - low > NARROWEST * size ? high : low + Math.max(1, size / 10);
    double step = step(top - low);
    long first = (long) Math.floor(low / step + 1e-9);
    long last = Math.max((long) Math.ceil(top / step - 1e-9), first + 1);
    var ticks = new ArrayList<Double>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Axis(title, false, ticks);
  }

  /** A logarithmic axis over {@code low..high}, both above 0, widened to the next round numbers. */
  public static Axis logarithmic(String title, double low, double high) {
    if (!(low > 0 && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "axis '%s': cannot show %s to %s logarithmically", title, low, high));
    }
    double[] round = high < 10 * low ? FINE_RATIOS : COARSE_RATIOS;
    var ticks = new ArrayList<Double>();
    for (double power = Math.pow(10, Math.floor(Math.log10(low))); ; power *= 10) {
      for (double factor : round) {
        double tick = factor * power;
        if (tick <= low) {
          ticks.clear(); // the last one that is not above is the first
        }
        ticks.add(tick);
        if (tick >= high && ticks.size() > 1) {
          return logarithmic(title, ticks);
        }
      }
    }
  }

  /** A logarithmic axis. */
  public static Axis logarithmic(String title, List<Double> ticks) {
    return new Axis(title, true, ticks);
  }

  /** The smallest of 1, 2, 5 times a power of ten that covers a span in few steps. */
  private static double step(double span) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(span, 1e-9) / MOST_STEPS)));
    for (double factor : ROUND_STEPS) {
      if (span <= MOST_STEPS * factor * power) {
        return factor * power;
      }
    }
    throw new IllegalArgumentException("axis: cannot cover a span of " + span);
  }

  /** Where a value lies: 0 at the first tick, 1 at the last. */
  double position(double value) {
    double low = scaled(ticks.get(0));
    double high = scaled(ticks.get(ticks.size() - 1));
    return (scaled(value) - low) / (high - low);
  }

  private double scaled(double value) {
    return logarithmic ? Math.log(value) : value;
  }

  /** A tick's number without the noise of its last digits. */
  static String label(double tick) {
    return new BigDecimal(tick).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
