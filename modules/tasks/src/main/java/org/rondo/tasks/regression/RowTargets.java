package org.rondo.tasks.regression;

import java.util.Arrays;
import java.util.Locale;
import org.rondo.kernels.Counted;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** The targets of a row. */
final class RowTargets {
  private static final String TARGET = RegressionTask.TARGET;

  private RowTargets() {}

  /** The numbers of the whole row, {@code (O)}. */
  static double[] ofRow(Example row) {
    double[] target = row.numbers(TARGET);
    if (target.length == 0) {
      throw row.refused(TARGET, "holds no number");
    }
    for (int o = 0; o < target.length; o++) {
      requireFloat(row, target[o], "as number", o);
    }
    return target;
  }

  /**
   * The numbers of each step, {@code (T,O)}. Those of a step are all missing, NaN, or none.
   *
   * @param kind of steps
   * @param steps T, which the input has
   */
  static double[][] ofSteps(Example row, TargetKind kind, int steps) {
    requireSteps(row, steps);
    if (kind == TargetKind.NEXT) {
      return next(row.series("series"));
    }
    float[][] series = row.series(TARGET);
    if (series.length != steps) {
      throw refused(row, "has %s, the input %d", Counted.of(series.length, "step"), steps);
    }
    var targets = new double[steps][];
    for (int t = 0; t < steps; t++) {
      if (series[t].length == 0) {
        throw refused(row, "holds no number in step %d", t + 1);
      }
      requireWidth(row, series[t].length, series[0].length);
      targets[t] = new double[series[t].length];
      boolean missing = Float.isNaN(series[t][0]);
      for (int o = 0; o < targets[t].length; o++) {
        targets[t][o] = series[t][o];
        if (Float.isNaN(series[t][o]) != missing) {
          throw refused(row, "holds a number in step %d where another is missing", t + 1);
        }
        if (!missing) {
          requireFloat(row, series[t][o], "in step", t);
        }
      }
    }
    return targets;
  }

  /** Of each step the values of the next one; the last has no target. */
  private static double[][] next(float[][] series) {
    var targets = new double[series.length][series[0].length];
    for (int t = 0; t < series.length; t++) {
      for (int o = 0; o < targets[t].length; o++) {
        targets[t][o] = t + 1 < series.length ? series[t + 1][o] : Double.NaN;
      }
    }
    return targets;
  }

  /** That there is something to predict of. */
  static void requireSteps(Example row, int steps) {
    if (steps == 0) {
      throw new BadExampleException(row.place() + ": it is empty, so there is no step to predict");
    }
  }

  /** Whether a step has a target. */
  static boolean isThere(double[] step) {
    return !Double.isNaN(step[0]);
  }

  /** Counts the steps that have none. */
  static void countGaps(double[][] targets, Counts counts) {
    long gaps = Arrays.stream(targets).filter(step -> !isThere(step)).count();
    counts.add("steps without target", gaps);
  }

  static void requireWidth(Example row, int width, int wanted) {
    if (width != wanted) {
      throw refused(row, "holds %s, where others hold %d", Counted.of(width, "number"), wanted);
    }
  }

  private static void requireFloat(Example row, double value, String where, int at) {
    if (!Float.isFinite((float) value)) {
      throw refused(row, "holds %s %s %d, which is no finite number", value, where, at + 1);
    }
  }

  static BadExampleException refused(Example row, String problem, Object... values) {
    return row.refused(TARGET, String.format(Locale.ROOT, problem, values));
  }
}
