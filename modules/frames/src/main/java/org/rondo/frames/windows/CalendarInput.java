package org.rondo.frames.windows;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rondo.kernels.ValueException;

/** What of a time is an input, from -0.5 to 0.5 over its range. */
enum CalendarInput {
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

  CalendarInput(TemporalField field, int least, int most) {
    this.field = field;
    this.least = least;
    this.most = most;
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
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new ValueException(
                    key,
                    word,
                    "must be of " + Arrays.stream(values()).map(CalendarInput::word).toList()));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  double of(LocalDateTime time) {
    return (double) (time.get(field) - least) / (most - least) - 0.5;
  }
}
