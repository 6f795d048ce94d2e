package org.rondo.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One line of a benchmark's output: a kind, then {@code key=value} pairs, with tabs in between.
 * What prints them need not be Java.
 */
public record Figure(String kind, Map<String, String> values) {
  private static final String SEPARATOR = "\t";

  public static Figure of(String kind) {
    return new Figure(kind, new LinkedHashMap<>());
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws IllegalArgumentException if it is no such line
   */
  public static Figure parse(String line) {
    String[] fields = line.split(SEPARATOR);
    Figure figure = of(fields[0]);
    for (String field : Arrays.asList(fields).subList(1, fields.length)) {
      int at = field.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "no key=value: '%s' in '%s'", field, line));
      }
      figure.with(field.substring(0, at), field.substring(at + 1));
    }
    return figure;
  }

  /** Adds a value; without tabs or ends of line. */
  public Figure with(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  /** Adds a number, with so many decimals. */
  public Figure with(String key, double value, int decimals) {
    return with(key, String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /**
   * The value of a key.
   *
   * @throws IllegalArgumentException if it is not there
   */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "no %s in '%s'", key, line()));
    }
    return value;
  }

  /** As {@link #text}, a number. */
  public double number(String key) {
    return Double.parseDouble(text(key));
  }

  /** The text of it. */
  public String line() {
    return values.entrySet().stream()
        .map(e -> SEPARATOR + e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("", kind, ""));
  }
}
