package org.rondo.evaluation.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.rondo.evaluation.Predictions;

/** The number of targets, and behind it a sum for each of the O values of a prediction. */
final class ValueSums {
  private ValueSums() {}

  static int length(int outputs) {
    return 1 + outputs;
  }

  /** Adds a function of the error of each value, in the units of the data. */
  static void add(
      Predictions predictions, double[] sums, List<Double> units, DoubleUnaryOperator function) {
    int outputs = units.size();
    for (int n = 0; n < predictions.count(); n++) {
      if (predictions.hasTarget(n)) {
        sums[0]++;
        for (int o = 0; o < outputs; o++) {
          double target = predictions.targetValues()[n * outputs + o];
          double error = (predictions.score(n, o) - target) * units.get(o);
          sums[1 + o] += function.applyAsDouble(error);
        }
      }
    }
  }

  /** {@code (O)}: of each value. */
  static double[] means(double[] sums) {
    return Arrays.stream(sums, 1, sums.length).map(sum -> sum / sums[0]).toArray();
  }

  /** Of the values of which something is to be said; NaN if of none. */
  static double mean(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
  }

  /** The figure of each value, counted from 1; nothing of a single one. */
  static Map<String, Double> details(String name, double[] values) {
    var details = new TreeMap<String, Double>();
    for (int o = 0; o < values.length && values.length > 1; o++) {
      details.put(name + " of value " + (o + 1), values[o]);
    }
    return details;
  }
}
