package org.rondo.frames.windows;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.WindowPlan;

/**
 * Time between two steps.
 *
 * @param size milliseconds, numbers or months
 * @param months whether it is months
 * @param monthEnds whether every time is on the last day of its month
 */
record Frequency(long size, boolean months, boolean monthEnds) {
  private static final Pattern WORD = Pattern.compile("([0-9]{0,9}) *([A-Za-z]*)(-[A-Z]{3})?");

  /** No month is shorter, in milliseconds. */
  private static final long SHORTEST_MONTH = Duration.ofDays(28).toMillis();

  private static final String RULE =
      "must be auto, rows, a whole number, or a number and s, min, h, d, w, mo, q or y, such as 15min; pandas' aliases, such as MS, and words, such as 2 hours, are read too";

  /** Milliseconds of units of one length: Rondo's names, pandas' aliases, words. */
  private static final Map<Long, Set<String>> FIXED =
      Map.of(
          1000L,
          Set.of("s", "S", "second", "seconds"),
          60_000L,
          Set.of("min", "T", "minute", "minutes"),
          3_600_000L,
          Set.of("h", "H", "hour", "hours"),
          86_400_000L,
          Set.of("d", "D", "day", "days"),
          7 * 86_400_000L,
          Set.of("w", "W", "week", "weeks"));

  /** Months of units of the calendar. Whether their ends are meant, the times say. */
  private static final Map<Long, Set<String>> MONTHS =
      Map.of(
          1L, Set.of("mo", "M", "ME", "MS", "month", "months"),
          3L, Set.of("q", "Q", "QE", "QS", "quarter", "quarters"),
          12L, Set.of("y", "Y", "YE", "YS", "A", "AS", "year", "years"));

  /** Units that may say on which day or month they begin, such as W-SUN; the times say it too. */
  private static final Set<String> ANCHORED =
      Set.of("W", "Q", "QE", "QS", "Y", "YE", "YS", "A", "AS");

  /**
   * Checks what the configuration says.
   *
   * @throws ValueException if it is no frequency
   */
  static void check(String word) {
    if (!word.equals(WindowPlan.AUTO) && !word.equals(WindowPlan.ROWS)) {
      Matcher found = WORD.matcher(word);
      boolean positive = found.matches() && !word.isBlank() && !found.group(1).matches("0+");
      ValueException.unless(positive, "forecasting.frequency", word, RULE);
      String unit = found.group(2);
      ValueException.unless(
          !unit.equals("B"),
          "forecasting.frequency",
          word,
          "business days are no equal steps; rows takes every row as a step");
      boolean known = unit.isEmpty() || size(FIXED, unit) > 0 || size(MONTHS, unit) > 0;
      boolean anchor = found.group(3) == null || ANCHORED.contains(unit);
      ValueException.unless(known && anchor, "forecasting.frequency", word, RULE);
    }
  }

  /** Of the unit of that name; 0 where there is none. */
  private static long size(Map<Long, Set<String>> units, String name) {
    return units.entrySet().stream()
        .filter(each -> each.getValue().contains(name))
        .mapToLong(Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /**
   * The one of a word.
   *
   * @throws ValueException if it does not go with such times
   */
  static Frequency named(String word, TimeKind kind) {
    check(word);
    Matcher found = WORD.matcher(word);
    found.matches();
    long number = found.group(1).isEmpty() ? 1 : Long.parseLong(found.group(1));
    String unit = found.group(2);
    ValueException.unless(
        unit.isEmpty() != kind.isOfCalendar(),
        "forecasting.frequency",
        word,
        kind.isOfCalendar()
            ? "must have a unit, for the times are on the calendar"
            : "must be a whole number without unit, for so are the times");
    if (unit.isEmpty()) {
      return fixed(number);
    }
    long months = size(MONTHS, unit);
    return months > 0
        ? new Frequency(number * months, true, false)
        : fixed(number * size(FIXED, unit));
  }

  static Frequency fixed(long size) {
    return new Frequency(size, false, false);
  }

  /** The same, on the last days of months if all those times are. */
  Frequency of(long[] times) {
    return months ? new Frequency(size, true, allMonthEnds(times)) : this;
  }

  /**
   * The one that times show: the least distance, where all others are multiples of it, or else the
   * least distance in months. Months come first where no distance is shorter than a month, for
   * consecutive months, quarters and years may have equal numbers of days. Empty where there is
   * none, or only one time.
   *
   * @param times ascending, each of them once
   */
  static Optional<Frequency> shown(long[] times, TimeKind kind) {
    if (times.length < 2) {
      return Optional.empty();
    }
    long least = Long.MAX_VALUE;
    for (int i = 1; i < times.length; i++) {
      least = Math.min(least, times[i] - times[i - 1]);
    }
    Optional<Frequency> fixed = Optional.of(fixed(least)).filter(each -> each.fits(times));
    if (!kind.isOfCalendar()) {
      return fixed;
    }
    Optional<Frequency> months = monthsShown(times);
    return least >= SHORTEST_MONTH ? months.or(() -> fixed) : fixed.or(() -> months);
  }

  /** The least distance in months, where all others are multiples of it. */
  private static Optional<Frequency> monthsShown(long[] times) {
    long fewest = Long.MAX_VALUE;
    for (int i = 1; i < times.length; i++) {
      fewest = Math.min(fewest, month(times[i]) - month(times[i - 1]));
    }
    if (fewest < 1) {
      return Optional.empty();
    }
    var monthly = new Frequency(fewest, true, allMonthEnds(times));
    return monthly.fits(times) ? Optional.of(monthly) : Optional.empty();
  }

  /** The distance that is there most often, the least of these; 1 where there is none. */
  static Frequency usual(long[] times) {
    var counts = new TreeMap<Long, Integer>();
    for (int i = 1; i < times.length; i++) {
      counts.merge(times[i] - times[i - 1], 1, Integer::sum);
    }
    long usual = 1;
    int most = 0;
    for (var each : counts.entrySet()) {
      if (each.getValue() > most) {
        usual = each.getKey();
        most = each.getValue();
      }
    }
    return fixed(usual);
  }

  /**
   * The one that more than half of the distances are multiples of, for a message about the others:
   * the usual distance, or the usual one in months. Empty where there is none.
   *
   * @param times ascending, each of them once
   */
  static Optional<Frequency> ofMost(long[] times, TimeKind kind) {
    var candidates = new ArrayList<>(List.of(usual(times)));
    if (kind.isOfCalendar()) {
      long usual = usual(LongStream.of(times).map(Frequency::month).toArray()).size();
      if (usual > 0) {
        candidates.add(new Frequency(usual, true, false));
        candidates.add(new Frequency(usual, true, true));
      }
    }
    Frequency best = candidates.get(0);
    for (Frequency each : candidates) {
      best = each.fitting(times) > best.fitting(times) ? each : best;
    }
    return 2 * best.fitting(times) > times.length - 1 ? Optional.of(best) : Optional.empty();
  }

  /** How many distances are whole steps. */
  private int fitting(long[] times) {
    int fitting = 0;
    for (int i = 1; i < times.length; i++) {
      fitting += steps(times[i - 1], times[i]) < 1 ? 0 : 1;
    }
    return fitting;
  }

  private boolean fits(long[] times) {
    return fitting(times) == times.length - 1;
  }

  private static boolean allMonthEnds(long[] times) {
    for (long time : times) {
      LocalDateTime at = TimeValue.onCalendar(time);
      if (at.getDayOfMonth() != at.toLocalDate().lengthOfMonth()) {
        return false;
      }
    }
    return true;
  }

  private static long month(long time) {
    LocalDateTime at = TimeValue.onCalendar(time);
    return at.getYear() * 12L + at.getMonthValue();
  }

  /** The time so many steps later. */
  long plus(long time, long steps) {
    if (!months) {
      return time + size * steps;
    }
    LocalDateTime later = TimeValue.onCalendar(time).plusMonths(size * steps);
    return TimeValue.millis(
        monthEnds ? later.withDayOfMonth(later.toLocalDate().lengthOfMonth()) : later);
  }

  /** Steps from one time to a later one; -1 where these are no whole steps. */
  long steps(long from, long to) {
    long steps = months ? (month(to) - month(from)) / size : (to - from) / size;
    return plus(from, steps) == to ? steps : -1;
  }

  /** For a message. */
  String text(TimeKind kind) {
    if (months) {
      return String.format(Locale.ROOT, "%dmo", size);
    }
    if (!kind.isOfCalendar()) {
      return Long.toString(size);
    }
    return size % 1000 == 0
        ? String.format(Locale.ROOT, "%ds", size / 1000)
        : String.format(Locale.ROOT, "%.3fs", size / 1000.0);
  }
}
