package org.rondo.runs.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.rondo.runs.SettingsException;

/** The values that a search may give a key, as texts of the configuration. */
sealed interface Values {
  /**
   * A random one.
   *
   * @param uniform in [0,1)
   */
  String at(double uniform);

  /** Values of a list. */
  record Choice(List<String> all) implements Values {
    public Choice {
      all = List.copyOf(all);
    }

    /**
     * The list that a text of HOCON is.
     *
     * @param key for errors
     * @throws SettingsException if it is no list of different scalars
     */
    static Choice parse(String key, String text) {
      try {
        Config parsed = ConfigFactory.parseString("values = " + text);
        List<String> all = parsed.getStringList("values");
        if (!all.isEmpty() && all.stream().distinct().count() == all.size()) {
          return new Choice(all);
        }
      } catch (ConfigException e) {
        // Told below, whatever HOCON makes of it.
      }
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s = %s: must be a list of different values, such as [1, 2], or have min and max",
              key,
              text));
    }

    @Override
    public String at(double uniform) {
      return all.get((int) (uniform * all.size()));
    }
  }

  /**
   * Numbers from min to max, both included.
   *
   * @param logarithmic whether equal ratios, not equal differences, are equally likely
   * @param whole whether the key takes whole numbers
   */
  record Range(double min, double max, boolean logarithmic, boolean whole) implements Values {
    /** Digits that tell trials apart and can still be read. */
    private static final MathContext DIGITS = new MathContext(4);

    @Override
    public String at(double uniform) {
      if (whole) {
        double drawn = between(min, max + 1, uniform);
        return String.valueOf((long) Math.min(max, Math.floor(drawn)));
      }
      double drawn = new BigDecimal(between(min, max, uniform)).round(DIGITS).doubleValue();
      return String.valueOf(Math.max(min, Math.min(max, drawn)));
    }

    /** StrictMath, since a trial is to be the same on every machine. */
    private double between(double low, double high, double uniform) {
      return logarithmic
          ? low * StrictMath.exp(uniform * StrictMath.log(high / low))
          : low + uniform * (high - low);
    }
  }
}
