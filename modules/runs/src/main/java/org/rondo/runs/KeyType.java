package org.rondo.runs;

import com.typesafe.config.ConfigValue;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a configuration key holds, as its default shows. */
enum KeyType {
  TEXT("text"),
  INTEGER("a whole number"),
  NUMBER("a number"),
  FLAG("true or false");

  /** At most 18 digits, so that every one is a {@code long}. */
  private static final Pattern INTEGERS = Pattern.compile("[+-]?[0-9]{1,18}");

  private final String expected;

  KeyType(String expected) {
    this.expected = expected;
  }

  /**
   * The type of the key that has this default: 5 is a whole number, 5.0 a number; null stands for
   * text.
   */
  static KeyType of(ConfigValue standard) {
    return switch (standard.valueType()) {
      case BOOLEAN -> FLAG;
      case NUMBER -> INTEGER.accepts(text(standard)) ? INTEGER : NUMBER;
      default -> TEXT;
    };
  }

  /** A scalar as it was written. */
  static String text(ConfigValue scalar) {
    return scalar.atKey("scalar").getString("scalar");
  }

  /**
   * @param place where the value stands, for the error
   * @throws SettingsException if the value is not of this type
   */
  void check(String key, ConfigValue value, String place) {
    boolean good =
        switch (value.valueType()) {
          case NULL -> this == TEXT;
          case STRING, NUMBER, BOOLEAN -> accepts(text(value));
          case LIST, OBJECT -> false;
        };
    if (!good) {
      throw new SettingsException(
          String.format(
              Locale.ROOT, "%s: %s = %s, expected %s", place, key, value.unwrapped(), expected));
    }
  }

  private boolean accepts(String text) {
    try {
      return switch (this) {
        case TEXT -> true;
        case INTEGER -> INTEGERS.matcher(text).matches();
        case NUMBER -> Double.isFinite(Double.parseDouble(text));
        case FLAG -> text.equals("true") || text.equals("false");
      };
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
