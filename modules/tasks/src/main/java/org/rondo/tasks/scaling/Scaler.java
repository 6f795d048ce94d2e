package org.rondo.tasks.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.inputs.Scale;

/** How the values of a channel are scaled, by what its training steps say. */
public enum Scaler {
  /** As they are. */
  NONE {
    @Override
    public Scale scale(SeriesStatistics of) {
      return new Scale(0, 1);
    }
  },
  /** Mean 0 and deviation 1. */
  STANDARD {
    @Override
    public Scale scale(SeriesStatistics of) {
      return divided(of.mean(), of.deviation());
    }
  },
  /** Median 0 and distance of the quartiles 1. */
  ROBUST {
    @Override
    public Scale scale(SeriesStatistics of) {
      return divided(of.median(), of.quartiles() > 0 ? of.quartiles() : of.deviation());
    }
  },
  /** From 0 to 1. */
  MINMAX {
    @Override
    public Scale scale(SeriesStatistics of) {
      return divided(of.minimum(), of.maximum() - of.minimum());
    }
  };

  /** One that is constant becomes 0. */
  public abstract Scale scale(SeriesStatistics of);

  /** Units travel as floats, in which a smaller one than that is 0 or inexact. */
  private static Scale divided(double center, double unit) {
    return new Scale(center, unit >= Float.MIN_NORMAL ? unit : 1);
  }

  /** As the configuration names it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Scaler::word).toList();
  }

  /** The one of a word that {@link #words} has. */
  public static Scaler named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
