package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rondo.kernels.Counted;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.WindowPlan;

/**
 * Lays the rows of one series on a regular grid of time: equal rows count once, steps and values
 * that are missing are filled with the last known ones or refused, and steps before every channel
 * has had a value are dropped.
 */
final class SeriesGrid {
  /** A gap that is larger, in steps for each row, is a mistake in a time. */
  private static final int MOST_STEPS_PER_ROW = 100;

  private static final String SEVERAL =
      "; rows of several series need a column that says which, named by data.columns.id";

  private final WindowPlan plan;
  private final List<String> channels;

  SeriesGrid(WindowPlan plan, List<String> channels) {
    this.plan = plan;
    this.channels = channels;
  }

  /**
   * The series of its sorted rows.
   *
   * @throws BadExampleException if it has no regular grid, or has gaps that are not to be filled
   */
  Series of(List<SeriesKey> sorted) {
    var tally = new long[4];
    List<SeriesKey> rows = withoutEqual(sorted, tally);
    TimeKind kind = kind(rows);
    long[] times = times(rows, kind);
    Frequency frequency = frequency(rows, times, kind);
    requireTargets(rows);
    int toCome = toCome(rows);
    var grid = new ArrayList<double[]>();
    var at = new ArrayList<Long>();
    boolean regular = kind == TimeKind.POSITION || plan.frequency().equals(WindowPlan.ROWS);
    for (int i = 0; i < times.length; i++) {
      if (i > 0 && !regular) {
        if (i >= times.length - toCome) {
          requireNoGap(rows, i, times, frequency, kind);
        }
        fillGap(rows, i, times, frequency, kind, grid, at, tally);
      }
      at.add(times[i]);
      grid.add(rows.get(i).values().clone());
    }
    int first = fillValues(grid.subList(0, grid.size() - toCome), tally);
    fillToCome(grid, grid.size() - toCome);
    return new Series(
        rows.get(0).id(),
        channels,
        kind,
        at.stream().skip(first).mapToLong(Long::longValue).toArray(),
        grid.subList(first, grid.size()).toArray(double[][]::new),
        grid.size() - toCome - first,
        frequency,
        tally);
  }

  /** That no step without a target lies before one that has one, unless it is filled. */
  private void requireTargets(List<SeriesKey> rows) {
    SeriesKey none = null;
    for (SeriesKey row : rows) {
      boolean toCome = isToCome(row);
      if (none != null && !toCome && !plan.fill()) {
        throw new BadExampleException(
            String.format(
                Locale.ROOT,
                "%s: column %s has no value, and a later step has one",
                none.place(),
                channels.get(0)));
      }
      none = toCome ? row : none;
    }
  }

  /** How many last rows have no target; they are to come where other columns are known of these. */
  private int toCome(List<SeriesKey> rows) {
    if (plan.exogenous().future().isEmpty()) {
      return 0;
    }
    int known = rows.size();
    while (known > 0 && isToCome(rows.get(known - 1))) {
      known--;
    }
    return rows.size() - known;
  }

  private boolean isToCome(SeriesKey row) {
    return row.kind() == SeriesKey.Kind.STEP
        && Arrays.stream(row.values(), 0, channels.size()).allMatch(Double::isNaN);
  }

  /** A step to come cannot be filled: it would be a known one, whose target nobody has seen. */
  private void requireNoGap(
      List<SeriesKey> rows, int i, long[] times, Frequency frequency, TimeKind kind) {
    long steps = frequency.steps(times[i - 1], times[i]);
    if (steps > 1) {
      throw new BadExampleException(
          String.format(
              Locale.ROOT,
              "%s: %s missing between %s and its time %s, which has no target; forecasting.futr_exog_cols takes a row for each step to forecast, with %s",
              rows.get(i).place(),
              missing(steps, frequency, kind),
              new TimeValue(times[i - 1], kind).text(),
              new TimeValue(times[i], kind).text(),
              String.join(", ", plan.exogenous().future())));
    }
  }

  private static String missing(long steps, Frequency frequency, TimeKind kind) {
    return String.format(
        Locale.ROOT,
        "%s of %s %s",
        Counted.of(steps - 1, "step"),
        frequency.text(kind),
        steps == 2 ? "is" : "are");
  }

  /** Whether rows, of which some may be refused steps, have a regular grid. */
  boolean fits(List<SeriesKey> sorted) {
    try {
      of(sorted);
      return true;
    } catch (BadExampleException e) {
      return false;
    }
  }

  private static List<SeriesKey> withoutEqual(List<SeriesKey> sorted, long[] tally) {
    if (sorted.get(0).timeKind() == TimeKind.POSITION) {
      return sorted;
    }
    var rows = new ArrayList<SeriesKey>();
    for (SeriesKey row : sorted) {
      SeriesKey before = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      if (before == null || before.time() != row.time()) {
        rows.add(row);
      } else if (Arrays.equals(before.values(), row.values())) {
        tally[3]++;
      } else {
        throw new BadExampleException(
            String.format(
                Locale.ROOT,
                "%s: its time %s has other values in %s%s",
                row.place(),
                new TimeValue(row.time(), row.timeKind()).text(),
                before.place(),
                row.id().isEmpty() ? SEVERAL : ""));
      }
    }
    return rows;
  }

  private static TimeKind kind(List<SeriesKey> rows) {
    TimeKind kind = rows.get(0).timeKind();
    for (SeriesKey row : rows) {
      if (kind.isOfCalendar() != row.timeKind().isOfCalendar()) {
        throw new BadExampleException(
            row.place()
                + ": its time is on the calendar, or a number, where that of others is not");
      }
      kind = kind.with(row.timeKind());
    }
    return kind;
  }

  private static long[] times(List<SeriesKey> rows, TimeKind kind) {
    var times = new long[rows.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = kind == TimeKind.POSITION ? i : rows.get(i).time();
    }
    return times;
  }

  private Frequency frequency(List<SeriesKey> rows, long[] times, TimeKind kind) {
    if (kind == TimeKind.POSITION) {
      return Frequency.fixed(1);
    }
    return switch (plan.frequency()) {
      case WindowPlan.ROWS -> Frequency.usual(times);
      case WindowPlan.AUTO ->
          Frequency.shown(times, kind).orElseThrow(() -> irregular(rows, times, kind));
      default -> Frequency.named(plan.frequency(), kind).of(times);
    };
  }

  /** Names the first time that is off the grid of most others, where there is such a grid. */
  private static BadExampleException irregular(List<SeriesKey> rows, long[] times, TimeKind kind) {
    String advice = "give it by forecasting.frequency, or rows to take every row as a step";
    Optional<Frequency> most = Frequency.ofMost(times, kind);
    for (int i = 1; i < times.length && most.isPresent(); i++) {
      if (most.get().steps(times[i - 1], times[i]) < 1) {
        return new BadExampleException(
            noWholeSteps(rows, i, times, most.get(), kind)
                + ", as most times of its series are; if they have another frequency, "
                + advice);
      }
    }
    return new BadExampleException(
        String.format(
            Locale.ROOT,
            "%s: the %s no frequency; %s",
            rows.get(0).place(),
            times.length == 1
                ? "one time of its series shows"
                : times.length + " times of its series show",
            advice));
  }

  private static String noWholeSteps(
      List<SeriesKey> rows, int i, long[] times, Frequency frequency, TimeKind kind) {
    return String.format(
        Locale.ROOT,
        "%s: its time %s is no whole steps of %s behind %s",
        rows.get(i).place(),
        new TimeValue(times[i], kind).text(),
        frequency.text(kind),
        new TimeValue(times[i - 1], kind).text());
  }

  private void fillGap(
      List<SeriesKey> rows,
      int i,
      long[] times,
      Frequency frequency,
      TimeKind kind,
      List<double[]> grid,
      List<Long> at,
      long[] tally) {
    long steps = frequency.steps(times[i - 1], times[i]);
    if (steps < 1) {
      throw new BadExampleException(noWholeSteps(rows, i, times, frequency, kind));
    }
    long most = (long) MOST_STEPS_PER_ROW * rows.size();
    if (steps > 1 && (!plan.fill() || tally[0] + steps > most)) {
      throw new BadExampleException(
          String.format(
              Locale.ROOT,
              "%s: %s missing between %s and its time %s%s",
              rows.get(i).place(),
              missing(steps, frequency, kind),
              new TimeValue(times[i - 1], kind).text(),
              new TimeValue(times[i], kind).text(),
              plan.fill()
                  ? ", more than can be filled"
                  : "; forecasting.missing = previous fills them, forecasting.frequency = rows takes every row as a step"));
    }
    for (long k = 1; k < steps; k++) {
      at.add(frequency.plus(times[i - 1], k));
      grid.add(grid.get(grid.size() - 1).clone());
      tally[0]++;
    }
  }

  /** Fills values with those before them; how many steps at the beginning have none. */
  private static int fillValues(List<double[]> grid, long[] tally) {
    int first = 0;
    for (int t = 0; t < grid.size(); t++) {
      double[] values = grid.get(t);
      for (int c = 0; c < values.length; c++) {
        if (Double.isNaN(values[c]) && t > 0) {
          values[c] = grid.get(t - 1)[c];
          tally[1] += Double.isNaN(values[c]) ? 0 : 1;
        }
        if (Double.isNaN(values[c])) {
          first = t + 1;
        }
      }
    }
    tally[2] += first;
    return first;
  }

  /** Fills what must be known of steps to come, which are not learned and thus not counted. */
  private void fillToCome(List<double[]> grid, int known) {
    int from = channels.size() + plan.exogenous().history().size();
    int to = from + plan.exogenous().future().size();
    for (int t = Math.max(1, known); t < grid.size(); t++) {
      for (int i = from; i < to; i++) {
        grid.get(t)[i] = Double.isNaN(grid.get(t)[i]) ? grid.get(t - 1)[i] : grid.get(t)[i];
      }
    }
  }
}
