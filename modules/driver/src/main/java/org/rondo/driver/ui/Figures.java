package org.rondo.driver.ui;

import java.util.Locale;

/** Numbers as the page shows them. */
final class Figures {
  private Figures() {}

  /** Four significant digits. */
  static String precise(double value) {
    return Double.isFinite(value) && Math.abs(value) < 10_000 && Math.abs(value) >= 0.001
        ? String.format(Locale.ROOT, "%." + decimals(value) + "f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private static int decimals(double value) {
    return Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
  }

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f s", value);
  }

  /** A span of time in its two largest units. */
  static String duration(double seconds) {
    long s = Math.round(seconds);
    if (s >= 3600) {
      return String.format(Locale.ROOT, "%d h %d min", s / 3600, s / 60 % 60);
    }
    return s >= 60
        ? String.format(Locale.ROOT, "%d min %d s", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d s", s);
  }
}
