package org.rondo.frames.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.ExogenousColumns;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.WindowPlan;

/** Windows of a series of ten steps and two channels, worked out by hand. */
class SeriesWindowsTest {
  private static final List<String> CHANNELS = List.of("load", "oil");

  private static WindowPlan plan(int step, boolean perChannel, boolean fill, String... calendar) {
    return plan(step, perChannel, fill, ExogenousColumns.NONE, calendar);
  }

  private static WindowPlan plan(
      int step, boolean perChannel, boolean fill, ExogenousColumns exogenous, String... calendar) {
    return new WindowPlan(
        3,
        2,
        step,
        perChannel,
        List.of(),
        0,
        fill,
        WindowPlan.AUTO,
        2,
        List.of(calendar),
        exogenous);
  }

  private static SeriesKey step(String time, double... values) {
    return SeriesKey.at(
        TimeValue.of(time).orElseThrow(), "s", values, "f.csv, row " + time.hashCode() % 100);
  }

  /** Values 0 100, 1 101, ... at the first ten days of 2024. */
  private static Series tenDays(WindowPlan plan) {
    List<SeriesKey> rows =
        IntStream.range(0, 10)
            .mapToObj(t -> step(String.format("2024-01-%02d", t + 1), t, 100 + t))
            .toList();
    return new SeriesGrid(plan, CHANNELS).of(rows);
  }

  private static List<Row> list(Iterator<Row> rows) {
    var all = new ArrayList<Row>();
    rows.forEachRemaining(all::add);
    return all;
  }

  private static double[] history(Row row) {
    return (double[]) row.get(3);
  }

  private static double[] future(Row row) {
    return (double[]) row.get(5);
  }

  @Test
  void aWindowBelongsToTheSplitThatHasItsFuture() {
    WindowPlan plan = plan(1, false, false);
    var windows = new SeriesWindows(plan, tenDays(plan));
    var cut = new SeriesCut(List.of(6, 2, 2), 0, 0);

    List<Row> train = list(windows.between(cut.from(0, 10), cut.to(0, 10), 6, true));
    List<Row> validation = list(windows.between(cut.from(1, 10), cut.to(1, 10), 6, false));
    List<Row> test = list(windows.between(cut.from(2, 10), cut.to(2, 10), 6, false));

    assertThat(train)
        .extracting(row -> row.getString(1))
        .containsExactly("2024-01-03", "2024-01-04");
    assertThat(history(train.get(0))).containsExactly(0, 100, 1, 101, 2, 102);
    assertThat(future(train.get(0))).containsExactly(3, 103, 4, 104);
    assertThat(future(train.get(1))).containsExactly(4, 104, 5, 105);
    assertThat(validation).hasSize(1);
    assertThat(history(validation.get(0))).containsExactly(3, 103, 4, 104, 5, 105);
    assertThat(future(validation.get(0))).containsExactly(6, 106, 7, 107);
    assertThat(test).hasSize(1);
    assertThat(future(test.get(0))).containsExactly(8, 108, 9, 109);
  }

  private static WindowPlan whole(int horizon) {
    return new WindowPlan(
        3,
        horizon,
        WindowPlan.WHOLE,
        false,
        List.of(),
        0,
        true,
        WindowPlan.ROWS,
        0,
        List.of(),
        ExogenousColumns.NONE);
  }

  @Test
  void aSplitThatIsTakenWholeMayBeForecastFromEachStep() {
    var windows = new SeriesWindows(whole(2), tenDays(whole(2)));

    Row train = list(windows.between(0, 5, 5, true)).get(0);
    Row validation = list(windows.between(5, 7, 5, false)).get(0);

    assertThat(history(train)).containsExactly(0, 100, 1, 101, 2, 102);
    assertThat(future(train)).containsExactly(1, 101, 2, 102, 3, 103, 4, 104);
    assertThat(train.getString(1)).isEqualTo("2024-01-03");
    assertThat(history(validation)).containsExactly(2, 102, 3, 103, 4, 104);
    assertThat(future(validation)).containsExactly(5, 105, 6, 106);
    assertThat(list(windows.between(5, 6, 5, false))).isEmpty();
  }

  @Test
  void aSplitThatIsTakenWholeIsOneWindowThatBeginsBeforeIt() {
    WindowPlan plan = whole(1);
    var windows = new SeriesWindows(plan, tenDays(plan));

    List<Row> train = list(windows.between(0, 6, 6, true));
    List<Row> validation = list(windows.between(6, 8, 6, false));

    assertThat(train).hasSize(1);
    assertThat(history(train.get(0))).containsExactly(0, 100, 1, 101, 2, 102, 3, 103, 4, 104);
    assertThat(future(train.get(0))).containsExactly(1, 101, 2, 102, 3, 103, 4, 104, 5, 105);
    assertThat(validation).hasSize(1);
    assertThat(history(validation.get(0))).containsExactly(3, 103, 4, 104, 5, 105, 6, 106);
    assertThat(future(validation.get(0))).containsExactly(6, 106, 7, 107);
    assertThat(list(windows.between(0, 1, 1, true))).isEmpty();
  }

  @Test
  void fractionsAndSizesCutSeriesInOrder() {
    var fractions = new SeriesCut(List.of(), 0.2, 0.3);
    assertThat(fractions.to(0, 11)).isEqualTo(5);
    assertThat(fractions.to(1, 11)).isEqualTo(7);
    assertThat(fractions.to(2, 11)).isEqualTo(11);
    var sizes = new SeriesCut(List.of(8, 4, 4), 0, 0);
    assertThat(sizes.from(1, 10)).isEqualTo(8);
    assertThat(sizes.to(1, 10)).isEqualTo(10);
    assertThat(sizes.from(2, 10)).isEqualTo(10);
    assertThat(sizes.to(2, 100)).isEqualTo(16);
  }

  @Test
  void stepsBetweenWindowsCountFromTheEnd() {
    WindowPlan plan = plan(2, false, false);
    List<Row> windows = list(new SeriesWindows(plan, tenDays(plan)).between(0, 10, 10, true));
    assertThat(windows)
        .extracting(row -> row.getString(1))
        .containsExactly("2024-01-04", "2024-01-06", "2024-01-08");
  }

  @Test
  void windowsOfARollingOriginEndWithTheSeries() {
    WindowPlan plan = plan(1, false, false);
    var windows = new SeriesWindows(plan, tenDays(plan));
    var origin = RollingOrigin.of(2, 3);
    List<Row> all = list(windows.rolling(origin, 5));
    assertThat(all).extracting(row -> row.getString(1)).containsExactly("2024-01-05", "2024-01-08");
    assertThat(all)
        .extracting(row -> row.get(row.length() - 4))
        .as("numbers")
        .containsExactly(1, 2);
    assertThat(history(all.get(0))).containsExactly(2, 102, 3, 103, 4, 104);
    assertThat(future(all.get(0))).containsExactly(5, 105, 6, 106);
    assertThat((String[]) all.get(1).get(11)).containsExactly("2024-01-09", "2024-01-10");
    List<Row> second = list(windows.rolling(origin.only(2), 5));
    assertThat(second).hasSize(1);
    assertThat(future(second.get(0))).containsExactly(future(all.get(1)));
    assertThat(second.get(0).get(12)).isEqualTo(2);
    assertThat(origin.steps(2)).isEqualTo(5);
    assertThat(origin.only(2).steps(2)).isEqualTo(2);
  }

  @Test
  void eachChannelMayBeASeries() {
    WindowPlan plan = plan(1, true, false);
    List<Row> windows = list(new SeriesWindows(plan, tenDays(plan)).between(0, 6, 6, true));
    assertThat(windows).hasSize(4);
    assertThat(windows)
        .extracting(row -> ((Object[]) row.get(2))[0])
        .containsExactly("load", "load", "oil", "oil");
    assertThat(future(windows.get(3))).containsExactly(104, 105);
  }

  @Test
  void statisticsAreThoseOfTheTrainingSteps() {
    WindowPlan plan = plan(1, false, false);
    Row window = list(new SeriesWindows(plan, tenDays(plan)).between(6, 8, 6, false)).get(0);
    SeriesStatistics oil = SeriesStatistics.read((double[]) window.get(6), 1);
    // 100 101 102 103 104 105, and a naive forecast from two steps before.
    assertThat(oil.mean()).isEqualTo(102.5);
    assertThat(oil.deviation()).isCloseTo(Math.sqrt(35.0 / 12), within(1e-12));
    assertThat(oil.minimum()).isEqualTo(100);
    assertThat(oil.maximum()).isEqualTo(105);
    assertThat(oil.median()).isEqualTo(102.5);
    assertThat(oil.quartiles()).isEqualTo(2.5);
    assertThat(oil.naiveError()).isEqualTo(2);
    assertThat(oil.count()).isEqualTo(6);
  }

  @Test
  void theLatestWindowKnowsTheTimesToCome() {
    WindowPlan plan = plan(1, false, false, "day_of_week", "month");
    Row window = list(new SeriesWindows(plan, tenDays(plan)).latest()).get(0);
    assertThat(history(window)).containsExactly(7, 107, 8, 108, 9, 109);
    assertThat(future(window)).isNull();
    assertThat((String[]) window.get(11)).containsExactly("2024-01-11", "2024-01-12");
    // Monday 8 to Wednesday 10 January.
    double[] calendar = (double[]) window.get(4);
    assertThat(calendar).containsExactly(-0.5, -0.5, 1.0 / 6 - 0.5, -0.5, 2.0 / 6 - 0.5, -0.5);
  }

  @Test
  void placesInAYearAreSinesToo() {
    WindowPlan plan = plan(1, false, false, "month_sin", "month_cos", "day_of_week_sin");
    Row window = list(new SeriesWindows(plan, tenDays(plan)).latest()).get(0);
    // Monday 8 January, then Tuesday.
    double[] calendar = (double[]) window.get(4);
    assertThat(calendar).startsWith(0, 1, 0, 0, 1, Math.sin(2 * Math.PI / 7));
    assertThatThrownBy(() -> CalendarInput.named(List.of("month_tan"), "forecasting.calendar"))
        .hasMessageContaining("forecasting.calendar = month_tan: must be of [minute, hour, ")
        .hasMessageEndingWith("as they are or with _sin or _cos");
  }

  private static final WindowPlan OTHERS =
      plan(
          1,
          false,
          false,
          new ExogenousColumns(List.of("size"), List.of("visits"), List.of("price")));

  /** Load t, visits 10 t, price 100 + t and size 7; of the last steps price and size alone. */
  private static Series others(int known, int toCome) {
    List<SeriesKey> rows =
        IntStream.range(0, known + toCome)
            .mapToObj(
                t ->
                    t < known
                        ? step("" + t, t, 10 * t, 100 + t, 7)
                        : step("" + t, Double.NaN, Double.NaN, 100 + t, 7))
            .toList();
    return new SeriesGrid(OTHERS, List.of("load")).of(rows);
  }

  @Test
  void stepsBringWhatIsKnownAHorizonLater() {
    Series series = others(8, 2);
    assertThat(series.length()).isEqualTo(8);
    var windows = new SeriesWindows(OTHERS, series);
    Row window = list(windows.between(0, 8, 6, true)).get(0);
    assertThat(history(window)).containsExactly(0, 1, 2);
    assertThat((double[]) window.get(8))
        .as("visits, price, price two steps later")
        .containsExactly(0, 100, 102, 10, 101, 103, 20, 102, 104);
    assertThat((double[]) window.get(9)).containsExactly(7);
    double[] statistics = (double[]) window.get(10);
    assertThat(SeriesStatistics.read(statistics, 0).mean()).isEqualTo(25);
    assertThat(SeriesStatistics.read(statistics, 1).mean()).isEqualTo(102.5);
    assertThat(SeriesStatistics.read(statistics, 2).mean()).isEqualTo(7);

    windows.requireToCome("f.csv, row 1");
    Row latest = list(windows.latest()).get(0);
    assertThat((double[]) latest.get(8)).endsWith(70, 107, 109);
    assertThat((String[]) latest.get(11)).containsExactly("8", "9");
  }

  @Test
  void stepsToComeMustAllBeThere() {
    var windows = new SeriesWindows(OTHERS, others(8, 1));
    assertThatThrownBy(() -> windows.requireToCome("f.csv, row 1"))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(
            "f.csv, row 1: series s that begins there has rows of 1 of the 2 steps to forecast; forecasting.futr_exog_cols takes one for each, with price and without a target");
    List<SeriesKey> gap =
        List.of(step("0", 1, 1, 1, 7), step("1", Double.NaN, 1, 1, 7), step("2", 1, 1, 1, 7));
    assertThatThrownBy(() -> new SeriesGrid(OTHERS, List.of("load")).of(gap))
        .hasMessageEndingWith("column load has no value, and a later step has one");
    List<SeriesKey> changed = List.of(step("0", 1, 1, 1, 7), step("1", 1, 1, 1, 8));
    Series series = new SeriesGrid(OTHERS, List.of("load")).of(changed);
    assertThatThrownBy(() -> new SeriesWindows(OTHERS, series))
        .hasMessage("series s: its static column size holds 8.0 at 1, and 7.0 before");
  }

  /** Load, visits, price and size at times 0 and 1, then rows without a load. */
  private static Series filled(SeriesKey... toCome) {
    var rows = new ArrayList<>(List.of(step("0", 1, 1, 100, 7), step("1", 2, 1, 101, 7)));
    rows.addAll(List.of(toCome));
    WindowPlan plan = plan(1, false, true, OTHERS.exogenous());
    return new SeriesGrid(plan, List.of("load")).of(rows);
  }

  @Test
  void stepsToComeAreNotInvented() {
    double none = Double.NaN;
    assertThatThrownBy(() -> filled(step("4", none, none, 104, 7)))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(
            "f.csv, row 52: 2 steps of 1 are missing between 1 and its time 4, which has no target; forecasting.futr_exog_cols takes a row for each step to forecast, with price");
    assertThatThrownBy(() -> filled(step("2", none, none, 102, 7), step("4", none, none, 104, 7)))
        .hasMessageContaining("1 step of 1 is missing between 2 and its time 4");

    Series series = filled(step("2", none, none, 102, none), step("3", none, none, none, none));
    assertThat(series.length()).isEqualTo(2);
    assertThat(series.values()[3][2]).as("the last known price").isEqualTo(102);
    assertThat(series.tally()).containsOnly(0);
  }

  @Test
  void equalRowsCountOnceAndGapsAreFilledWithWhatWasKnown() {
    WindowPlan plan = plan(1, false, true);
    double none = Double.NaN;
    Series series =
        new SeriesGrid(plan, CHANNELS)
            .of(
                List.of(
                    step("1", none, 7),
                    step("2", 1, 8),
                    step("2", 1, 8),
                    step("5", 2, none),
                    step("6", 3, 9)));
    assertThat(series.times()).containsExactly(2, 3, 4, 5, 6);
    assertThat(series.values())
        .isDeepEqualTo(new double[][] {{1, 8}, {1, 8}, {1, 8}, {2, 8}, {3, 9}});
    assertThat(series.tally()).as("steps, values, dropped, equal").containsExactly(2, 1, 1, 1);
  }

  @Test
  void gapsAreRefusedUnlessTheyAreToBeFilled() {
    List<SeriesKey> rows = List.of(step("1", 1, 1), step("2", 1, 1), step("5", 1, 1));
    var grid = new SeriesGrid(plan(1, false, false), CHANNELS);
    assertThatThrownBy(() -> grid.of(rows))
        .isInstanceOf(BadExampleException.class)
        .hasMessage(
            "f.csv, row 53: 2 steps of 1 are missing between 2 and its time 5; forecasting.missing = previous fills them, forecasting.frequency = rows takes every row as a step");
  }

  @Test
  void aGapThatIsLikelyAMistakeIsNotFilled() {
    List<SeriesKey> rows = List.of(step("1", 1, 1), step("2", 1, 1), step("999999999", 1, 1));
    var grid = new SeriesGrid(plan(1, false, true), CHANNELS);
    assertThatThrownBy(() -> grid.of(rows)).hasMessageEndingWith("more than can be filled");
  }

  private static List<SeriesKey> rows(String... times) {
    return IntStream.range(0, times.length)
        .mapToObj(
            t ->
                SeriesKey.at(
                    TimeValue.of(times[t]).orElseThrow(),
                    "s",
                    new double[] {t, t},
                    "f.csv, row " + (t + 1)))
        .toList();
  }

  @Test
  void aTimeOffTheGridOfMostOthersIsNamed() {
    var grid = new SeriesGrid(plan(1, false, false), CHANNELS);
    List<SeriesKey> hours =
        rows(
            "2024-01-01 13:00",
            "2024-01-01 14:00",
            "2024-01-01 15:00",
            "2024-01-01 16:17",
            "2024-01-01 17:00",
            "2024-01-01 18:00",
            "2024-01-01 19:00");
    assertThatThrownBy(() -> grid.of(hours))
        .isInstanceOf(BadExampleException.class)
        .hasMessageStartingWith(
            "f.csv, row 4: its time 2024-01-01 16:17:00 is no whole steps of 3600s behind 2024-01-01 15:00:00, as most");

    // 31 days are the usual distance, but months are what most rows have in common.
    List<SeriesKey> months =
        rows(
            "2024-01-31",
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
            "2024-05-30",
            "2024-06-30",
            "2024-07-31",
            "2024-08-31");
    assertThatThrownBy(() -> grid.of(months))
        .hasMessageStartingWith(
            "f.csv, row 5: its time 2024-05-30 is no whole steps of 1mo behind 2024-04-30, as most");
  }

  @Test
  void timesWithoutAGridAreRefusedAsAWhole() {
    var grid = new SeriesGrid(plan(1, false, false), CHANNELS);
    assertThatThrownBy(() -> grid.of(rows("0", "2", "5")))
        .hasMessageStartingWith("f.csv, row 1: the 3 times of its series show no frequency; give");
    assertThatThrownBy(() -> grid.of(rows("0")))
        .hasMessageStartingWith(
            "f.csv, row 1: the one time of its series shows no frequency; give");
  }

  @Test
  void oneTimeHasOneValue() {
    List<SeriesKey> rows = List.of(step("1", 1, 1), step("2", 1, 1), step("2", 1, 2));
    var grid = new SeriesGrid(plan(1, false, true), CHANNELS);
    assertThatThrownBy(() -> grid.of(rows))
        .hasMessageContaining(": its time 2 has other values in f.csv")
        .hasMessageNotContaining("data.columns.id");
    List<SeriesKey> unnamed =
        IntStream.of(1, 2)
            .mapToObj(
                y -> SeriesKey.at(TimeValue.of("2").orElseThrow(), "", new double[] {y, y}, "r"))
            .toList();
    assertThatThrownBy(() -> grid.of(unnamed))
        .hasMessageEndingWith(
            "; rows of several series need a column that says which, named by data.columns.id");
  }

  @Test
  void constantChannelsAndWhatWasFilledAreToldOnce() {
    WindowPlan plan = plan(1, true, true);
    List<SeriesKey> rows =
        IntStream.of(0, 1, 3, 4, 5, 6, 7).mapToObj(t -> step("" + t, 5, t)).toList();
    Series series = new SeriesGrid(plan, CHANNELS).of(rows);
    var sum = new double[5];
    for (Row row : list(new SeriesWindows(plan, series).between(0, 8, 8, true))) {
      double[] tally = (double[]) row.get(7);
      for (int i = 0; i < tally.length; i++) {
        sum[i] += tally[i];
      }
    }
    assertThat(sum).containsExactly(1, 0, 0, 0, 1);
  }
}
