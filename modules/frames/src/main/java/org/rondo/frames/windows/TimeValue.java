package org.rondo.frames.windows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as a whole number: as it is, or milliseconds since 1970. Stamps have no zone; one that is
 * given becomes UTC.
 */
record TimeValue(long value, TimeKind kind) {
  /** For messages. */
  static final String EXAMPLES = "times are such as 2016-07-01, 2016-07-01 14:30:00 or 42";

  private static final String WHOLE = "[+-]?[0-9]{1,18}";

  /** An offset of hours, of ISO 8601's basic format or as PostgreSQL writes it. */
  private static final Pattern SHORT_OFFSET = Pattern.compile("(.*T.*[+-][0-9]{2})([0-9]{2})?");

  private static final int DATE_LENGTH = "2016-07-01".length();
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  /**
   * Reads {@code 2016-07-01}, {@code 2016-07-01 00:00[:00[.000]]}, with T, and with Z or an offset
   * such as {@code +01:00}, {@code +0100} or {@code +01}, or 42. Empty for any other text, and for
   * a time that is further than milliseconds in a long reach.
   */
  static Optional<TimeValue> of(String text) {
    String stripped = text.strip();
    if (stripped.matches(WHOLE)) {
      return Optional.of(new TimeValue(Long.parseLong(stripped), TimeKind.NUMBER));
    }
    String iso = stripped.replace('/', '-').replace(' ', 'T');
    try {
      if (iso.length() == DATE_LENGTH) {
        LocalDateTime start = LocalDate.parse(iso).atStartOfDay();
        return Optional.of(new TimeValue(millis(start), TimeKind.DATE));
      }
      boolean zoned = iso.matches(".*T.*(Z|[+-][0-9]{2}(:?[0-9]{2})?)");
      LocalDateTime time =
          zoned
              ? OffsetDateTime.parse(withMinutes(iso))
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime()
              : LocalDateTime.parse(iso);
      return Optional.of(new TimeValue(millis(time), TimeKind.STAMP));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** With its offset in hours and minutes, and a colon between them. */
  private static String withMinutes(String zoned) {
    Matcher found = SHORT_OFFSET.matcher(zoned);
    return found.matches()
        ? found.group(1) + ":" + (found.group(2) == null ? "00" : found.group(2))
        : zoned;
  }

  static long millis(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  static LocalDateTime onCalendar(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  /** As it is written. */
  String text() {
    return switch (kind) {
      case DATE -> onCalendar(value).toLocalDate().toString();
      case STAMP -> onCalendar(value).format(value % 1000 == 0 ? SECONDS : MILLIS);
      default -> Long.toString(value);
    };
  }
}
