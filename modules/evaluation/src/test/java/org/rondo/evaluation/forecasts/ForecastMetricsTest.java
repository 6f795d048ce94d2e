package org.rondo.evaluation.forecasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.forecasts.ForecastError.Kind;
import org.rondo.models.Minibatch;

/**
 * Two windows of one series, two steps of one channel whose unit is 10 and whose base is 100.
 *
 * <pre>
 *                first window       second window
 *   values       110 120            130 100
 *   network      100 130            130 110
 *   last value   100                120
 *   season       110 110            120 100
 * </pre>
 *
 * The naive forecast makes a mean error of 5 over the training steps.
 */
class ForecastMetricsTest {
  private static final ForecastLayout LAYOUT = new ForecastLayout(2, 1, 1, true);
  private static final double EPSILON = 1e-12;

  private static final Predictions FIRST =
      window(new float[] {1, 2}, new float[] {0, 3}, 0, new float[] {1, 1});
  private static final Predictions SECOND =
      window(new float[] {3, 0}, new float[] {3, 1}, 2, new float[] {2, 0});

  private static Predictions window(float[] future, float[] forecast, float last, float[] season) {
    return window(0, future, forecast, last, season);
  }

  private static Predictions window(
      int series, float[] future, float[] forecast, float last, float[] season) {
    float[] target = LAYOUT.target(series, List.of(new float[] {10, 100, 5, last}), future, season);
    var scores = new float[LAYOUT.width()];
    System.arraycopy(forecast, 0, scores, 0, forecast.length);
    return new Predictions(new int[] {0}, new int[0], LAYOUT.width(), scores, target);
  }

  private static double[] sums(Metric metric, Predictions... windows) {
    var sums = new double[metric.sums()];
    for (Predictions each : windows) {
      metric.add(each, sums);
    }
    return sums;
  }

  private static void assertFigures(
      ForecastMetric metric, double network, double naive, double seasonal) {
    double[] sums = sums(metric, FIRST, SECOND);
    assertThat(metric.value(sums)).as(metric.name()).isCloseTo(network, within(EPSILON));
    assertThat(metric.details(sums)).containsOnlyKeys("naive", "seasonal-naive");
    assertThat(metric.details(sums).get("naive")).isCloseTo(naive, within(EPSILON));
    assertThat(metric.details(sums).get("seasonal-naive")).isCloseTo(seasonal, within(EPSILON));
  }

  @Test
  void errorsOfScaledValuesAndOfValuesOfTheData() {
    // Errors by 10: network -1 1 0 1, naive -1 -2 -1 2, season 0 -1 -1 0.
    assertFigures(new ForecastError(Kind.MAE, true, LAYOUT), 3.0 / 4, 6.0 / 4, 2.0 / 4);
    assertFigures(new ForecastError(Kind.MSE, true, LAYOUT), 3.0 / 4, 10.0 / 4, 2.0 / 4);
    assertFigures(new ForecastError(Kind.MAE, false, LAYOUT), 7.5, 15, 5);
    assertFigures(new ForecastError(Kind.MSE, false, LAYOUT), 75, 250, 50);
    assertFigures(
        new ForecastError(Kind.RMSE, false, LAYOUT), Math.sqrt(75), Math.sqrt(250), Math.sqrt(50));
    assertThat(new ForecastError(Kind.MSE, true, LAYOUT).name()).isEqualTo("scaled-mse");
    assertThat(new ForecastError(Kind.RMSE, false, LAYOUT).name()).isEqualTo("rmse");
  }

  /** Where each step is forecast from, a sequence has a target for each; one of them has none. */
  @Test
  void sequenceOfForecastsCountsAsItsWindows() {
    int width = LAYOUT.width();
    var scores = new float[3 * width];
    var targets = new float[3 * width];
    for (int n = 0; n < 3; n++) {
      Predictions window = n == 2 ? SECOND : FIRST;
      System.arraycopy(window.scores(), 0, scores, n * width, width);
      System.arraycopy(window.targetValues(), 0, targets, n * width, width);
    }
    var all =
        new Predictions(new int[] {Minibatch.NO_TARGET, 0, 0}, new int[0], width, scores, targets);
    for (Metric metric :
        List.of(
            new ForecastError(Kind.RMSE, false, LAYOUT),
            new Mase(LAYOUT),
            new Rse(LAYOUT),
            new Correlation(LAYOUT),
            new Coverage(LAYOUT, 80, List.of(1.0, 1.0)),
            new BaselineScore(new Smape(LAYOUT), Forecaster.SEASONAL_NAIVE),
            new ErrorQuantiles(LAYOUT))) {
      assertThat(sums(metric, all)).as(metric.name()).isEqualTo(sums(metric, FIRST, SECOND));
    }
  }

  @Test
  void maseIsInErrorsOfTheNaiveForecastOverTheTrainingSteps() {
    assertFigures(new Mase(LAYOUT), 1.5, 3, 1);
  }

  @Test
  void aSeriesWithoutNaiveErrorHasNoMase() {
    float[] target =
        LAYOUT.target(0, List.of(new float[] {1, 0, 0, 0}), new float[2], new float[2]);
    var window =
        new Predictions(
            new int[] {0}, new int[0], LAYOUT.width(), new float[target.length], target);
    assertThat(new Mase(LAYOUT).value(sums(new Mase(LAYOUT), window))).isNaN();
    assertThat(new Mase(LAYOUT).value(sums(new Mase(LAYOUT), window, FIRST))).isEqualTo(2);
  }

  @Test
  void smapeIsInPercentOfTheMeanOfBoth() {
    assertFigures(
        new Smape(LAYOUT),
        (2000.0 / 210 + 2000.0 / 250 + 0 + 2000.0 / 210) / 4,
        (2000.0 / 210 + 4000.0 / 220 + 2000.0 / 250 + 4000.0 / 220) / 4,
        (0 + 2000.0 / 230 + 2000.0 / 250 + 0) / 4);
  }

  @Test
  void rseAndCorrelationAreOfTheLastStep() {
    // Values 120 and 100, whose squared distances from 110 are 200.
    assertFigures(
        new Rse(LAYOUT), Math.sqrt(200.0 / 200), Math.sqrt(800.0 / 200), Math.sqrt(100.0 / 200));
    // Forecasts 130 110, 100 120 and 110 100.
    assertFigures(new Correlation(LAYOUT), 1, -1, 1);
    assertThat(new Correlation(LAYOUT).higherIsBetter()).isTrue();
  }

  @Test
  void correlationIsTheMeanOverChannelsWhoseValuesDiffer() {
    var layout = new ForecastLayout(1, 3, 1, false);
    float[][] values = {{1, 1, 7}, {2, 2, 7}, {4, 3, 7}};
    float[][] forecasts = {{1, 3, 1}, {2, 2, 2}, {3, 2, 3}};
    Predictions[] windows =
        IntStream.range(0, 3)
            .mapToObj(
                i -> {
                  float[] plain = {1, 0, 1, 0};
                  float[] target =
                      layout.target(0, List.of(plain, plain, plain), values[i], new float[0]);
                  var scores = new float[layout.width()];
                  System.arraycopy(forecasts[i], 0, scores, 0, 3);
                  return new Predictions(new int[] {0}, new int[0], layout.width(), scores, target);
                })
            .toArray(Predictions[]::new);
    var metric = new Correlation(layout);
    // 3 / sqrt(14/3 * 2) and -1 / sqrt(2 * 2/3)
    double expected = (3 / Math.sqrt(28.0 / 3) - 1 / Math.sqrt(4.0 / 3)) / 2;
    assertThat(metric.value(sums(metric, windows))).isCloseTo(expected, within(EPSILON));
    assertThat(metric.details(sums(metric, windows))).containsExactly(entry("naive", Double.NaN));
  }

  @Test
  void aSeriesThatWasNotLearnedHasNoCorrelation() {
    Predictions unknown =
        window(-1, new float[] {9, 9}, new float[] {9, -9}, 0, new float[] {1, 1});
    var metric = new Correlation(LAYOUT);
    assertThat(metric.value(sums(metric, FIRST, unknown, SECOND))).isCloseTo(1, within(EPSILON));
  }

  @Test
  void baselinesStandBesideTheFigureOfTheNetwork() {
    var mse = new ForecastError(Kind.MSE, true, LAYOUT);
    var naive = new BaselineScore(mse, Forecaster.NAIVE);
    assertThat(naive.name()).isEqualTo("naive-scaled-mse");
    assertThat(naive.value(sums(naive, FIRST, SECOND))).isCloseTo(2.5, within(EPSILON));
    assertThat(new BaselineScore(mse, Forecaster.SEASONAL_NAIVE).name())
        .isEqualTo("seasonal-naive-scaled-mse");
  }

  @Test
  void windowsWithoutFutureCountNothing() {
    Predictions none = Predictions.withoutTargets(new int[0], LAYOUT.width(), FIRST.scores());
    var mse = new ForecastError(Kind.MSE, true, LAYOUT);
    assertThat(mse.value(sums(mse, none))).isNaN();
  }

  @Test
  void quantilesOfErrorsAreThoseOfTheSortedSizesWithinAPercent() {
    var metric = new ErrorQuantiles(LAYOUT);
    var sums = new double[metric.sums()];
    // Errors of the first step 0.01, 0.02, ... 0.19, in turn above and below; of the second 3.
    for (int i = 19; i >= 1; i--) {
      float error = (i % 2 == 0 ? 1 : -1) * i / 100f;
      metric.add(window(new float[] {0, 1}, new float[] {error, 4}, 0, new float[2]), sums);
    }
    assertQuantile(metric, sums, 50, 0, 0.10);
    assertQuantile(metric, sums, 80, 0, 0.16);
    assertQuantile(metric, sums, 95, 0, 0.19);
    assertQuantile(metric, sums, 80, 1, 3);
    assertThat(metric.details(sums).get(ErrorQuantiles.detail(99, 0)))
        .as("19 errors say nothing of 99 %")
        .isInfinite();
  }

  private static final ForecastLayout INTERVALS =
      new ForecastLayout(2, 1, 1, false, List.of(50, 80));

  /** Quantiles 0.1, 0.25, 0.5, 0.75 and 0.9 of both steps; of the second one not in order. */
  private static Predictions quantiles(float... future) {
    float[] target =
        INTERVALS.target(0, List.of(new float[] {10, 100, 5, 2}), future, new float[0]);
    var scores = new float[target.length];
    float[] forecast = {-2, 3, -1, 1, 0, 2, 1, 0, 2, 4};
    System.arraycopy(forecast, 0, scores, 0, forecast.length);
    return new Predictions(new int[] {0}, new int[0], target.length, scores, target);
  }

  @Test
  void quantilesStandInBlocksAndAreSorted() {
    assertThat(INTERVALS.quantiles()).containsExactly(0.1, 0.25, 0.5, 0.75, 0.9);
    assertThat(INTERVALS.forecasts()).isEqualTo(10);
    Predictions window = quantiles(7, 8);
    assertThat(window.targetValues())
        .containsExactly(7, 8, 7, 8, 7, 8, 7, 8, 7, 8, 0, 10, 100, 5, 2);
    assertThat(INTERVALS.forecast(window, 0, 1)).containsExactly(0, 1, 2, 3, 4);
    assertThat(
            new ForecastError(Kind.MAE, true, INTERVALS)
                .value(sums(new ForecastError(Kind.MAE, true, INTERVALS), window)))
        .as("of the medians 0 and 2")
        .isEqualTo((7 + 6) / 2.0);
  }

  @Test
  void coverageIsTheShareOfValuesWithinTheLearnedInterval() {
    // Of 50 %: from -1 to 1 and from 1 to 3; of 80 %: from -2 to 2 and from 0 to 4.
    Predictions[] windows = {quantiles(0, 1), quantiles(5, 3.5f)};
    assertCoverage(new Coverage(INTERVALS, 50, List.of()), 2.0 / 4, 2, windows);
    assertCoverage(new Coverage(INTERVALS, 80, List.of()), 3.0 / 4, 4, windows);
    assertThat(new Coverage(INTERVALS, 80, List.of()).name()).isEqualTo("coverage-80");
  }

  @Test
  void coverageOfErrorsIsTheShareOfValuesNoFurtherOff() {
    // Errors 1 1, then 0 1; allowed are 0.5 at the first step and 1 at the second.
    assertCoverage(new Coverage(LAYOUT, 90, List.of(0.5, 1.0)), 3.0 / 4, 1.5, FIRST, SECOND);
  }

  private static void assertCoverage(
      Coverage metric, double share, double width, Predictions... windows) {
    double[] sums = sums(metric, windows);
    assertThat(metric.value(sums)).isCloseTo(share, within(EPSILON));
    assertThat(metric.details(sums)).containsExactly(entry(Coverage.WIDTH, width));
  }

  @Test
  void quantileLossIsTheMeanOverTheQuantiles() {
    var metric = new QuantileScore(INTERVALS);
    double[] sums = sums(metric, quantiles(0, 5));
    // Errors 2 1 0 -1 -2, then 5 4 3 2 1.
    double first = 0.1 * 2 + 0.25 + 0 + 0.25 + 0.1 * 2;
    double second = 0.1 * 5 + 0.25 * 4 + 0.5 * 3 + 0.75 * 2 + 0.9;
    assertThat(metric.value(sums)).isCloseTo((first + second) / 10, within(EPSILON));
    // The last value, 2: errors -2 and 3, of which half counts on the mean of the quantiles.
    assertThat(metric.details(sums).get("naive")).isCloseTo((1 + 1.5) / 2, within(EPSILON));
  }

  @Test
  void levelsAreWholePercents() {
    assertThat(IntervalLevels.of(" 95, 80 ")).containsExactly(80, 95);
    assertThat(IntervalLevels.of(" ")).isEmpty();
    for (String words : List.of("0", "100", "80,80", "high", "80,")) {
      assertThatThrownBy(() -> IntervalLevels.of(words)).hasMessage(IntervalLevels.RULE);
    }
  }

  private static void assertQuantile(
      ErrorQuantiles metric, double[] sums, int level, int step, double expected) {
    assertThat(metric.details(sums).get(ErrorQuantiles.detail(level, step)))
        .isBetween(expected * 0.999999, expected * 1.0101);
  }
}
