package org.rondo.tasks.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.rondo.tasks.forecasting.ForecastWindows.TASK;
import static org.rondo.tasks.forecasting.ForecastWindows.TENS;
import static org.rondo.tasks.forecasting.ForecastWindows.fitted;
import static org.rondo.tasks.forecasting.ForecastWindows.settings;
import static org.rondo.tasks.forecasting.ForecastWindows.statistics;
import static org.rondo.tasks.forecasting.ForecastWindows.tens;
import static org.rondo.tasks.forecasting.ForecastWindows.window;
import static org.rondo.tasks.forecasting.ForecastWindows.withoutOthers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondo.evaluation.Metric;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.TaskKeys;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;

/** Windows as sequences, the scales of their values, and keys. */
class ForecastingTaskTest {
  @Test
  void valuesAreScaledAndTheLastIsTakenOff() {
    Features features = fitted(settings("season", "3"), tens("a"));
    Sequence sequence = features.encode(tens("a"));

    // Scaled -1 1 2 -2, and 2 is added to each; future 0 -1.
    assertThat(features.shape()).isEqualTo(new SequenceShape(List.of(), 1, 0, 2 + 1 + 4 + 2));
    assertThat(sequence.values()).containsExactly(1, 3, 4, 0);
    // The series' number, then unit, base, error scale and last value; then the last season.
    assertThat(sequence.valueTargets()).containsExactly(2, 1, 0, 2, 6, 4, 0, 3, 4);
  }

  @Test
  void withoutTheLastTakenOffLevelsStay() {
    Features features = fitted(settings("subtract_last", "false"), tens("a"));
    Sequence sequence = features.encode(tens("a"));
    assertThat(sequence.values()).containsExactly(-1, 1, 2, -2);
    assertThat(sequence.valueTargets()).containsExactly(0, -1, 0, 2, 10, 4, -2);
  }

  @Test
  void segmentsAreStepsSideBySideWithTheCalendarOfTheLast() {
    TaskSettings settings =
        settings("segment", "2", "scaler", "none", "subtract_last", "false", "calendar", "hour");
    var values = new HashMap<String, Object>();
    values.put(WindowPlan.ID, "a");
    values.put(WindowPlan.CUTOFF, "4");
    values.put(WindowPlan.CHANNELS, List.of("y", "z"));
    values.put(WindowPlan.HISTORY, new double[] {1, 10, 2, 20, 3, 30, 4, 40});
    values.put(WindowPlan.CALENDAR, new double[] {-0.4, -0.3, -0.2, -0.1});
    values.put(WindowPlan.STATISTICS, statistics(new double[] {1, 2}, new double[] {3, 4}));
    values.put(WindowPlan.TALLY, new double[] {2, 0, 0, 0, 1});
    var row = new Example("row", withoutOthers(values));
    Features features = fitted(settings, row);
    var counts = new Counts();

    Sequence sequence = features.encode(row, counts);

    assertThat(sequence.length()).isEqualTo(2);
    assertThat(sequence.values()).containsExactly(1, 10, 2, 20, -0.3f, 3, 30, 4, 40, -0.1f);
    assertThat(counts.all())
        .containsOnly(Map.entry("filled steps", 2L), Map.entry("constant channels", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "none, series, 0, 1",
    "standard, series, 10, 2",
    "robust, series, 10, 4",
    "minmax, series, 8, 4",
    "standard, all, 15, 5.3851648071345",
    "minmax, all, 8, 14",
  })
  void scalersAreThoseOfTheTrainingSteps(String name, String over, double center, double unit) {
    Example other =
        window(
            "b",
            List.of("y"),
            new double[4],
            new double[2],
            statistics(new double[] {18, 22, 18, 22}));
    Features features =
        fitted(
            settings("scaler", name, "scale_over", over, "subtract_last", "false"),
            tens("a"),
            other);
    Sequence sequence = features.encode(tens("a"));
    for (int t = 0; t < 4; t++) {
      double value = new double[] {8, 12, 14, 6}[t];
      assertThat(sequence.values()[t]).isCloseTo((float) ((value - center) / unit), within(1e-6f));
    }
  }

  @Test
  void aSeriesThatWasNotLearnedIsScaledByItsOwnSteps() {
    Features features = fitted(settings("subtract_last", "false"), tens("a"));
    Example other =
        window(
            "b",
            List.of("y"),
            new double[] {100, 300, 100, 300},
            new double[] {300, 100},
            statistics(new double[] {100, 300}));
    var counts = new Counts();
    assertThat(features.encode(other, counts).values()).containsExactly(-1, 1, -1, 1);
    assertThat(features.encode(other).valueTargets()[2]).as("number").isEqualTo(-1);
    assertThat(counts.all()).containsOnlyKeys("windows of series without training rows");
  }

  @Test
  void aSeriesThatWasNotLearnedHasItsOwnNaiveErrorUnderTheScaleOfAll() {
    Features features = fitted(settings("subtract_last", "false", "scale_over", "all"), tens("a"));
    Example other =
        window(
            "b",
            List.of("y"),
            new double[] {12, 12, 12, 12},
            new double[] {14, 10},
            statistics(new double[] {100, 300}));
    Sequence sequence = features.encode(other);
    assertThat(sequence.values()).containsExactly(1, 1, 1, 1);
    // The number of the series, then unit, base and the error of its naive forecast.
    assertThat(sequence.valueTargets()).startsWith(2, 0, -1, 2, 10, 200);
  }

  /**
   * Two steps side by side; visits, and a price and that of two steps later; a size of the store.
   */
  private static Example store(String id, double size) {
    var values = new HashMap<String, Object>();
    values.put(WindowPlan.ID, id);
    values.put(WindowPlan.CUTOFF, "4");
    values.put(WindowPlan.CHANNELS, List.of("y"));
    values.put(WindowPlan.HISTORY, new double[] {8, 12, 14, 6});
    values.put(WindowPlan.CALENDAR, new double[0]);
    values.put(WindowPlan.FUTURE, new double[] {10, 8});
    values.put(WindowPlan.STATISTICS, TENS);
    values.put(WindowPlan.TALLY, new double[0]);
    values.put(WindowPlan.EXOGENOUS, new double[] {30, 1, 3, 50, 2, 4, 70, 3, 5, 30, 4, 6});
    values.put(WindowPlan.STATIC, new double[] {size});
    // Visits 50 with a deviation of 20, prices 3 with one of 1.
    values.put(
        WindowPlan.EXOGENOUS_STATISTICS,
        statistics(new double[] {30, 70}, new double[] {2, 4}, new double[] {size, size}));
    return new Example("row id = " + id, values);
  }

  @Test
  void otherColumnsAreScaledAndStandBehindTheChannels() {
    TaskSettings settings =
        settings(
            "segment",
            "2",
            "subtract_last",
            "false",
            "static_cols",
            "size",
            "hist_exog_cols",
            "visits",
            "futr_exog_cols",
            "price");
    Features features = fitted(settings, store("a", 100), store("b", 300));
    assertThat(features.encode(store("a", 100)).length()).isEqualTo(2);
    assertThat(features.encode(store("a", 100)).values())
        .containsExactly(
            -1, 1, -1, -2, 0, 0, -1, 1, -1, // visits and prices of two steps, then the size
            2, -2, 1, 0, 2, -1, 1, 3, -1);
    assertThat(features.encode(store("c", 300)).values()[8]).isEqualTo(1);
    assertThatThrownBy(() -> TASK.columns(settings("input_size", "1", "futr_exog_cols", "price")))
        .hasMessageContaining("needs an input_size of at least horizon = 2");
  }

  @Test
  void whatWasWrittenBeforeThereWereIntervalsIsRead() {
    String json = fitted(settings(), tens("a")).toJson();
    String before =
        json.replace("\"version\" : 2", "\"version\" : 1")
            .replaceFirst("\"levels\" : \\[ *\\],", "")
            .replace("\"holdOut\" : 0,", "")
            .replaceFirst(",\\s*\"exogenous\" : \\{[^}]*\\}", "")
            .replaceFirst("\"exogenous\" : \\{[^}]*\\}[^}]*\\}[^}]*\\},", "");
    assertThat(before).doesNotContain("levels", "holdOut", "exogenous");
    assertThat(TASK.features(before).toJson()).isEqualTo(json);
  }

  @Test
  void partsOfTheRowsComeToTheSame() {
    TaskSettings settings = settings("per_channel", "true");
    Example other = window("b", List.of("z"), new double[4], new double[2], TENS);
    Fitting first = TASK.fitting(settings);
    first.add(tens("a"));
    Fitting second = TASK.fitting(settings);
    second.add(other);
    second.add(tens("a"));
    first.merge(second);
    first.merge(TASK.fitting(settings));
    assertThat(first.features().toJson())
        .isEqualTo(fitted(settings, tens("a"), other, tens("a")).toJson());
  }

  @Test
  void theMetricOfTheLossDecidesAndNaiveForecastsStandBeside() {
    assertThat(fitted(settings("loss", "mae", "season", "2"), tens("a")).metrics())
        .extracting(Metric::name)
        .startsWith("scaled-mae", "scaled-mse")
        .endsWith("naive-scaled-mae", "seasonal-naive-scaled-mae");
    assertThat(fitted(settings("metric", "rse"), tens("a")).metrics())
        .extracting(Metric::name)
        .startsWith("rse")
        .endsWith("corr", "naive-rse");
  }

  @Test
  void otherChannelsThanThoseLearnedAreRefused() {
    Features features = fitted(settings(), tens("a"));
    Example other = window("a", List.of("z"), new double[4], new double[2], TENS);
    assertThatThrownBy(() -> features.encode(other))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("row id = a: column channels holds [z], learned were [y]");
    Example shorter = window("a", List.of("y"), new double[3], new double[2], TENS);
    assertThatThrownBy(() -> features.encode(shorter))
        .hasMessage("row id = a: column history holds 3 numbers, not 4");
    Example far = window("a", List.of("y"), new double[] {1e300, 0, 0, 0}, new double[2], TENS);
    assertThatThrownBy(() -> features.encode(far)).hasMessageContaining("too far");
    Example gap =
        window("b", List.of("y"), new double[] {1, 0, Double.NaN, 0}, new double[2], TENS);
    assertThatThrownBy(() -> features.encode(gap))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("row id = b: column history holds NaN at place 2");
  }

  @Test
  void channelsThatAreSeriesAreThoseLearnedAndSeriesAny() {
    Features features = fitted(settings("per_channel", "true", "windows", "sampled"), tens("a"));
    assertThat(features.encode(tens("b")).length()).isEqualTo(features.encode(tens("a")).length());
    Example other = window("a", List.of("z"), new double[4], new double[2], TENS);
    assertThatThrownBy(() -> features.encode(other))
        .isInstanceOf(BadExampleException.class)
        .hasMessage("row id = a: column channels holds [z], learned were [y]");
  }

  @Test
  void constantValuesAreNothingToForecast() {
    double[] constant = statistics(new double[] {3, 3, 3});
    Example row = window("a", List.of("y"), new double[4], new double[2], constant);
    assertThatThrownBy(() -> fitted(settings(), row))
        .isInstanceOf(IngestException.class)
        .hasMessage("forecasting: all training values are the same; there is nothing to forecast");
    // Beside another series a constant one is learned as it is.
    Example all =
        window("a", List.of("y"), new double[] {3, 3, 3, 3}, new double[] {3, 3}, constant);
    assertThat(fitted(settings(), all, tens("b")).encode(all).values()).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "robust", "minmax"})
  void valuesThatAreNoUnitOfAFloatApartAreConstant(String scaler) {
    double[] values = {3e-300, 1e-300, 2e-40, 2e-300};
    Example tiny =
        window("a", List.of("y"), values, new double[] {1e-300, 2e-300}, statistics(values));
    assertThatThrownBy(() -> fitted(settings("scaler", scaler), tiny))
        .hasMessage("forecasting: all training values are the same; there is nothing to forecast");
    Features features = fitted(settings("scaler", scaler), tiny, tens("b"));
    for (float value : features.encode(tiny).values()) {
      assertThat(value).isCloseTo(0, within(Float.MIN_NORMAL));
    }
    // The unit of the channel, by which errors become those of the data.
    assertThat(features.encode(tiny).valueTargets()[3]).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "segment|3|must divide input_size = 4",
        "season|5|must be from 0 (none) to input_size = 4",
        "sizes|8/2|must be steps of each split, such as 8640/2880/2880",
        "sizes|a/b/c|must be steps of each split, such as 8640/2880/2880",
        "sizes|5/2/2|training has 5 steps, and a window 6: input_size and horizon",
        "sizes|8/0/1|validation and test must be 0 or at least horizon = 2 steps",
        "input_size|0|must be >= 1",
        "loss|mape|must be one of [mse, mae, huber, quantile]",
        "level|80|is for loss = quantile; other networks get intervals by rondo predict --level",
        "missing|zero|must be one of [refuse, previous]",
      })
  void whatKeysCannotHoldIsRefused(String key, String value, String rule) {
    assertThatThrownBy(() -> TASK.columns(settings(key, value)))
        .hasMessage("forecasting." + key + " = " + value + ": " + rule);
  }

  @Test
  void intervalsThatAreLearnedHaveLevels() {
    assertThatThrownBy(() -> TASK.columns(settings("loss", "quantile")))
        .hasMessageStartingWith("forecasting.level = : loss = quantile learns intervals; name ");
    assertThatThrownBy(() -> TASK.columns(settings("loss", "quantile", "level", "80, 100")))
        .hasMessageStartingWith("forecasting.level = 80, 100: must be whole numbers from 1 to 99");
  }

  @Test
  void quartilesOfAllSeriesAreNotKnown() {
    assertThatThrownBy(() -> TASK.fitting(settings("scaler", "robust", "scale_over", "all")))
        .hasMessage("forecasting.scale_over = all: must be series with scaler = robust");
  }

  @Test
  void threeHorizonsAreReadByDefault() {
    TaskSettings settings = TaskKeys.of(TASK, "horizon", "5");
    assertThat(TASK.windows(settings).orElseThrow().inputSize()).isEqualTo(15);
  }
}
