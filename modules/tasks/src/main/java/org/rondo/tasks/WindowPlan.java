package org.rondo.tasks;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.Column.Need;

/**
 * How series, whose steps are rows of the data, are cut into windows: T known steps and the h steps
 * behind them, of C channels. A window is a row of the columns {@link #COLUMNS}.
 *
 * @param inputSize T
 * @param horizon h
 * @param step from one window to the next one; {@value #WHOLE}: each split of a series is one
 *     window, whose future are all steps of the split that have one before them; the known steps
 *     begin up to T steps before the split and end h steps before its end, so that the last h steps
 *     of the future alone are not among them
 * @param perChannel whether each channel is a series of its own
 * @param sizes steps of training, validation and test; empty where fractions decide
 * @param holdOut steps at the end of each series that are in no split, but kept for a rolling
 *     origin
 * @param fill whether missing values and steps are filled with the last known ones, or refused
 * @param frequency time between two steps, such as {@code 15min}; {@value #AUTO}; or {@value #ROWS}
 *     where every row is a step
 * @param season steps after which a series is expected to repeat itself; 0 for none
 * @param calendar what of the time of each step is an input
 * @param exogenous columns that are inputs
 */
public record WindowPlan(
    int inputSize,
    int horizon,
    int step,
    boolean perChannel,
    List<Integer> sizes,
    int holdOut,
    boolean fill,
    String frequency,
    int season,
    List<String> calendar,
    ExogenousColumns exogenous)
    implements Serializable {
  /** Name of the series, a text; empty where there is only one. */
  public static final String ID = "id";

  /** Time of the last known step, a text. */
  public static final String CUTOFF = "cutoff";

  /** Names of the C channels. */
  public static final String CHANNELS = "channels";

  /** {@code (T,C)} known values, step by step. */
  public static final String HISTORY = "history";

  /** {@code (T,K)} inputs of the time of each known step, in [-0.5, 0.5]. */
  public static final String CALENDAR = "calendar";

  /**
   * {@code (T,H+2F)} numbers of other columns at each known step: those of the past, those of the
   * future, and these a horizon later.
   */
  public static final String EXOGENOUS = "exogenous";

  /** {@code (S)} numbers that are the same at every step. */
  public static final String STATIC = "static";

  /** {@code (H+F+S,8)} numbers of the training steps of those columns. */
  public static final String EXOGENOUS_STATISTICS = "exogenous_statistics";

  /** {@code (h,C)} values to forecast, step by step. */
  public static final String FUTURE = "future";

  /** {@code (C,8)} numbers of the training steps, as {@link SeriesStatistics} has them. */
  public static final String STATISTICS = "statistics";

  /**
   * How many steps were filled, values were filled, steps were dropped before the first known one,
   * equal rows were dropped, and channels are constant; counted in one window of each series.
   */
  public static final String TALLY = "tally";

  /** No step from one window to the next, for there is only one. */
  public static final int WHOLE = 0;

  /** The columns of a window. */
  public static final List<Column> COLUMNS =
      List.of(
          new Column(ID, ColumnType.TEXT, Need.ALWAYS),
          new Column(CUTOFF, ColumnType.TEXT, Need.ALWAYS),
          new Column(CHANNELS, ColumnType.TOKENS, Need.ALWAYS),
          new Column(HISTORY, ColumnType.NUMBERS, Need.ALWAYS),
          new Column(CALENDAR, ColumnType.NUMBERS, Need.ALWAYS),
          new Column(FUTURE, ColumnType.NUMBERS, Need.TO_LEARN),
          new Column(STATISTICS, ColumnType.NUMBERS, Need.ALWAYS),
          new Column(TALLY, ColumnType.NUMBERS, Need.ALWAYS),
          new Column(EXOGENOUS, ColumnType.NUMBERS, Need.ALWAYS),
          new Column(STATIC, ColumnType.NUMBERS, Need.ALWAYS),
          new Column(EXOGENOUS_STATISTICS, ColumnType.NUMBERS, Need.ALWAYS));

  /** The frequency that the times of a series show. */
  public static final String AUTO = "auto";

  /** No frequency: a row is a step. */
  public static final String ROWS = "rows";

  public WindowPlan {
    ValueException.unless(inputSize >= 1, "input_size", inputSize, "must be >= 1");
    ValueException.unless(horizon >= 1, "horizon", horizon, "must be >= 1");
    ValueException.unless(step >= WHOLE, "step", step, "must be >= 0");
    ValueException.unless(holdOut >= 0, "hold_out", holdOut, "must be >= 0");
    ValueException.unless(
        season >= 0 && season <= inputSize,
        "season",
        season,
        "must be from 0 (none) to input_size = " + inputSize);
    // A step that is read brings what is known a horizon later, so that all of it is seen.
    ValueException.unless(
        exogenous.future().isEmpty() || inputSize >= horizon,
        "futr_exog_cols",
        exogenous.future(),
        "needs an input_size of at least horizon = " + horizon);
    sizes = List.copyOf(sizes);
    calendar = List.copyOf(calendar);
  }

  /**
   * The same with the last window of each split alone, which holds further columns of the past.
   *
   * @param history names of these columns, behind those of the plan
   */
  public WindowPlan lastWindows(List<String> history) {
    var all = new ArrayList<>(exogenous.history());
    all.addAll(history);
    return new WindowPlan(
        inputSize,
        horizon,
        takesSplitsWhole() ? WHOLE : Integer.MAX_VALUE,
        perChannel,
        sizes,
        holdOut,
        fill,
        frequency,
        season,
        calendar,
        new ExogenousColumns(exogenous.statics(), all, exogenous.future()));
  }

  /** Whether each split of a series is one window. */
  public boolean takesSplitsWhole() {
    return step == WHOLE;
  }

  /** Steps of a window, at least. */
  public int length() {
    return takesSplitsWhole() ? 1 + horizon : inputSize + horizon;
  }

  /** Steps back of the naive forecast that errors are compared with. */
  public int lag() {
    return Math.max(1, season);
  }
}
