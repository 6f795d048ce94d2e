package org.rondo.evaluation.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rondo.kernels.ValueException;

class DynamicThresholdTest {
  /** A span of 1 smooths nothing. */
  private static final int NONE = 1;

  /**
   * 28 errors of 1, and 9 and 8 at two places: mean 45 / 30 = 1.5, variance (28 + 81 + 64) / 30 -
   * 2.25 = 3.517, deviation 1.875. Both are above m + 2 s = 5.25 and m + 3 s = 7.13, from z = 3.5
   * (8.06) on only the 9, from z = 4.5 (9.94) on neither. Removing both leaves no deviation:
   * criterion (0.5 / 1.5 + 1) / (2 + 4) = 0.222; removing the 9 leaves mean 36 / 29 = 1.241 and
   * deviation 1.278: (0.172 + 0.319) / (1 + 1) = 0.245. So the 9 alone is above the threshold; it
   * is pruned if it is not more than p above 8: (9 - 8) / 9 = 0.111.
   */
  @Test
  void thresholdAndPruningAgreeWithAnExampleByHand() {
    double[] errors = constant(30, 1);
    errors[10] = 9;
    errors[20] = 8;
    assertThat(new DynamicThreshold(30, 30, NONE, 0.10).anomalies(errors))
        .containsExactly(new Interval(10, 10));
    assertThat(new DynamicThreshold(30, 30, NONE, 0.12).anomalies(errors)).isEmpty();
  }

  /** The 9 of the example above is left out by m + 3.5 s; of equal errors none is. */
  @Test
  void aThresholdIsLearnedForErrorsToCome() {
    double[] errors = constant(30, 1);
    errors[10] = 9;
    errors[20] = 8;
    double deviation = Math.sqrt((28 + 81 + 64) / 30.0 - 2.25);
    var plan = new DynamicThreshold(30, 30, NONE, 0.10);
    assertThat(plan.learned(errors)).isBetween(1.5 + 3.5 * deviation, 1.5 + 4.5 * deviation);
    assertThat(plan.learned(constant(30, 2))).isEqualTo(2.2);
  }

  /** Two equal peaks of three: the drop from them to the errors of 1 keeps both. */
  @Test
  void runsBeforeTheLastLargeDropRemain() {
    double[] errors = constant(100, 1);
    Arrays.fill(errors, 30, 33, 9);
    Arrays.fill(errors, 70, 73, 9);
    assertThat(new DynamicThreshold(100, 100, NONE, 0.13).anomalies(errors))
        .containsExactly(new Interval(30, 32), new Interval(70, 72));
  }

  @Test
  void smoothingSpreadsAnError() {
    double[] errors = constant(60, 0);
    errors[30] = 1;
    // Weights fall by 1 - 2 / 4 = 1/2 a step: 0.5, 0.25, 0.125, ...
    List<Interval> anomalies = new DynamicThreshold(60, 60, 3, 0.13).anomalies(errors);
    assertThat(anomalies).hasSize(1);
    assertThat(anomalies.get(0).first()).isEqualTo(30);
    assertThat(anomalies.get(0).last()).isGreaterThan(30);
  }

  @Test
  void laterWindowsJudgeOnlyTheirNewSteps() {
    double[] errors =
        DoubleStream.concat(Arrays.stream(constant(40, 1)), DoubleStream.of(5)).toArray();
    var threshold = new DynamicThreshold(20, 5, NONE, 0.13);
    assertThat(threshold.anomalies(errors)).containsExactly(new Interval(40, 40));
    double[] more = Arrays.copyOf(errors, 80);
    Arrays.fill(more, 41, 80, 1);
    more[50] = 100; // hides the 5 from windows that hold both
    assertThat(threshold.anomalies(more))
        .containsExactly(new Interval(40, 40), new Interval(50, 50));
  }

  @Test
  void errorsWithoutPeaksHaveNoAnomaly() {
    assertThat(DynamicThreshold.PUBLISHED.anomalies(new double[0])).isEmpty();
    assertThat(DynamicThreshold.PUBLISHED.anomalies(constant(5000, 0))).isEmpty();
    assertThat(DynamicThreshold.PUBLISHED.anomalies(constant(5000, 0.1))).isEmpty();
  }

  @Test
  void agreesWithASlowReference() {
    var random = new Random(5);
    int withAnomalies = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] errors = random.doubles(120).toArray();
      for (int peak = 0; peak < trial % 5; peak++) {
        int at = random.nextInt(110);
        Arrays.fill(errors, at, at + 1 + random.nextInt(4), 2 + 4 * random.nextDouble());
      }
      List<Interval> actual = new DynamicThreshold(50, 20, 2, 0.13).anomalies(errors);
      boolean[] expected = reference(errors, 50, 20, 2, 0.13);
      assertThat(actual).isEqualTo(Interval.runs(expected));
      withAnomalies += actual.isEmpty() ? 0 : 1;
    }
    assertThat(withAnomalies).isBetween(50, 199);
  }

  /** The paper's definitions one after the other, over sets of indices. */
  private static boolean[] reference(double[] errors, int h, int batch, int span, double p) {
    int n = errors.length;
    double alpha = 2.0 / (span + 1);
    double[] smoothed = new double[n];
    for (int t = 0; t < n; t++) {
      double top = 0;
      double bottom = 0;
      for (int i = 0; i <= t; i++) {
        top += Math.pow(1 - alpha, i) * errors[t - i];
        bottom += Math.pow(1 - alpha, i);
      }
      smoothed[t] = top / bottom;
    }
    var flags = new boolean[n];
    for (int end = h, old = 0; old < n; old = end, end = Math.min(n, end + batch)) {
      int from = end - h;
      for (int i : window(Arrays.copyOfRange(smoothed, from, end), p)) {
        flags[from + i] |= from + i >= old;
      }
    }
    return flags;
  }

  private static List<Integer> window(double[] e, double p) {
    double mean = mean(e);
    double sd = sd(e);
    double epsilon = Double.NaN;
    double best = Double.NEGATIVE_INFINITY;
    for (double z = 2; z <= 10; z += 0.5) {
      double candidate = mean + z * sd;
      double[] rest = Arrays.stream(e).filter(v -> v <= candidate).toArray();
      int above = e.length - rest.length;
      if (above > 0) {
        int runs = runs(e, candidate).size();
        double criterion =
            ((mean - mean(rest)) / mean + (sd - sd(rest)) / sd) / (above + runs * runs);
        if (criterion >= best) {
          best = criterion;
          epsilon = candidate;
        }
      }
    }
    if (Double.isNaN(epsilon)) {
      return List.of();
    }
    double threshold = epsilon;
    List<List<Integer>> runs = runs(e, epsilon);
    runs.sort(
        Comparator.comparingDouble(
            run -> -run.stream().mapToDouble(i -> e[i]).max().orElseThrow()));
    var maxima = new ArrayList<Double>();
    runs.forEach(run -> maxima.add(run.stream().mapToDouble(i -> e[i]).max().orElseThrow()));
    maxima.add(Arrays.stream(e).filter(v -> v <= threshold).max().orElseThrow());
    var kept = new ArrayList<Integer>();
    for (int i = 0; i < runs.size(); i++) {
      boolean anyDropBehind =
          IntStream.range(i, runs.size())
              .anyMatch(j -> (maxima.get(j) - maxima.get(j + 1)) / maxima.get(j) > p);
      if (anyDropBehind) {
        kept.addAll(runs.get(i));
      }
    }
    return List.copyOf(new TreeSet<>(kept));
  }

  private static List<List<Integer>> runs(double[] e, double epsilon) {
    var runs = new ArrayList<List<Integer>>();
    for (int i = 0; i < e.length; i++) {
      if (e[i] > epsilon) {
        if (i == 0 || e[i - 1] <= epsilon) {
          runs.add(new ArrayList<>());
        }
        runs.get(runs.size() - 1).add(i);
      }
    }
    return runs;
  }

  private static double mean(double[] e) {
    return Arrays.stream(e).average().orElseThrow();
  }

  private static double sd(double[] e) {
    double mean = mean(e);
    return Math.sqrt(Arrays.stream(e).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new DynamicThreshold(10, 11, 1, 0.1))
        .isInstanceOf(ValueException.class)
        .hasMessageContaining("batch = 11");
    assertThatThrownBy(() -> new DynamicThreshold(10, 1, 1, 1)).hasMessageContaining("pruning");
    assertThatThrownBy(() -> DynamicThreshold.PUBLISHED.anomalies(new double[] {0, -1}))
        .hasMessageContaining("step 1");
  }

  private static double[] constant(int steps, double error) {
    return DoubleStream.generate(() -> error).limit(steps).toArray();
  }
}
