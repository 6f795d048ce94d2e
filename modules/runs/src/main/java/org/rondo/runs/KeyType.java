package org.rondo.runs;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a configuration key holds, as its default shows. */
enum KeyType {
  TEXT("text"),
  NAME("a name or path, not a blank one"),
  INTEGER("a whole number of 64 bits, in digits alone"),
  NUMBER("a decimal number, 0 or of a magnitude from 1.2e-38 to 3.4e38"),
  FLAG("true or false");

  private static final Pattern INTEGERS = Pattern.compile("[+-]?[0-9]+");

  /** Java's own reader would take 1d, 0x1p3 and NaN as well. */
  private static final Pattern NUMBERS =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private static final Pattern ZERO = Pattern.compile("[+-]?[0.]*([eE].*)?");

  private final String expected;

  KeyType(String expected) {
    this.expected = expected;
  }

  /**
   * The type of the key that has this default: 5 is a whole number, 5.0 a number; null stands for a
   * name.
   */
  static KeyType of(ConfigValue standard) {
    return switch (standard.valueType()) {
      case BOOLEAN -> FLAG;
      case NUMBER -> INTEGER.accepts(text(standard)) ? INTEGER : NUMBER;
      case NULL -> NAME;
      default -> TEXT;
    };
  }

  /** A scalar as it was written. */
  static String text(ConfigValue scalar) {
    return scalar.atKey("scalar").getString("scalar");
  }

  /**
   * A list of scalars as a text that HOCON reads as that list; any other value as it is.
   *
   * @param value of a key whose reader knows how to read it
   */
  static ConfigValue listAsText(ConfigValue value) {
    if (!(value instanceof ConfigList list) || !list.stream().allMatch(KeyType::isScalar)) {
      return value;
    }
    String text =
        list.stream()
            .map(element -> ConfigUtil.quoteString(text(element)))
            .collect(Collectors.joining(", ", "[", "]"));
    return ConfigValueFactory.fromAnyRef(text).withOrigin(value.origin());
  }

  private static boolean isScalar(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> true;
      case LIST, OBJECT, NULL -> false;
    };
  }

  /** The number that a text is; empty if it is none that float32 holds. */
  static Optional<Double> number(String text) {
    if (!NUMBERS.matcher(text).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(text);
    double magnitude = Math.abs((float) value);
    boolean held = magnitude >= Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE;
    return held || ZERO.matcher(text).matches() ? Optional.of(value) : Optional.empty();
  }

  /**
   * @param value a scalar or a list, not null
   * @param place where the value stands, for the error
   * @throws SettingsException if the value is not of this type
   */
  void check(String key, ConfigValue value, String place) {
    boolean scalar = isScalar(value);
    if (!scalar || !accepts(text(value))) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s: %s = %s, expected %s",
              place,
              key,
              scalar ? text(value) : value.unwrapped(),
              expected));
    }
  }

  private boolean accepts(String text) {
    return switch (this) {
      case TEXT -> true;
      case NAME -> !text.isBlank();
      case INTEGER -> INTEGERS.matcher(text).matches() && isLong(text);
      case NUMBER -> number(text).isPresent();
      case FLAG -> text.equals("true") || text.equals("false");
    };
  }

  private static boolean isLong(String digits) {
    try {
      Long.parseLong(digits);
      return true;
    } catch (NumberFormatException e) {
      return false; // beyond 64 bits
    }
  }
}
