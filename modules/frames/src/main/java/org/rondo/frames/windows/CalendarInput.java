package org.rondo.frames.windows;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/**
 * What of a time is an input: a field of it as a number from -0.5 to 0.5 over its range, or as the
 * sine or cosine of where it stands in it, so that the end of the range is next to its begin.
 */
record CalendarInput(Field field, Form form) implements Serializable {
  /** Part of a time. */
  enum Field {
    MINUTE(ChronoField.MINUTE_OF_HOUR, 0, 59),
    HOUR(ChronoField.HOUR_OF_DAY, 0, 23),
    DAY_OF_WEEK(ChronoField.DAY_OF_WEEK, 1, 7),
    DAY_OF_MONTH(ChronoField.DAY_OF_MONTH, 1, 31),
    DAY_OF_YEAR(ChronoField.DAY_OF_YEAR, 1, 366),
    WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1, 53),
    MONTH(ChronoField.MONTH_OF_YEAR, 1, 12);

    private final TemporalField field;
    private final int least;
    private final int most;

    Field(TemporalField field, int least, int most) {
      this.field = field;
      this.least = least;
      this.most = most;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What becomes of it. */
  enum Form {
    NUMBER(""),
    SINE("_sin"),
    COSINE("_cos");

    private final String suffix;

    Form(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * Those of some words.
   *
   * @param key that names them, for a message
   * @throws ValueException if one is none
   */
  static List<CalendarInput> named(List<String> words, String key) {
    return words.stream().map(word -> named(word, key)).toList();
  }

  private static CalendarInput named(String word, String key) {
    for (Field field : Field.values()) {
      for (Form form : Form.values()) {
        if (word.equals(field.word() + form.suffix)) {
          return new CalendarInput(field, form);
        }
      }
    }
    throw new ValueException(
        key,
        word,
        "must be of "
            + Arrays.stream(Field.values()).map(Field::word).toList()
            + ", as they are or with _sin or _cos");
  }

  double of(LocalDateTime time) {
    int place = time.get(field.field) - field.least;
    int range = field.most - field.least;
    double angle = 2 * Math.PI * place / (range + 1);
    return switch (form) {
      case NUMBER -> (double) place / range - 0.5;
      case SINE -> StrictMath.sin(angle);
      case COSINE -> StrictMath.cos(angle);
    };
  }
}
