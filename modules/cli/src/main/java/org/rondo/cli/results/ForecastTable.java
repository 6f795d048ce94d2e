package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rondo.evaluation.Score;
import org.rondo.evaluation.Scores;
import org.rondo.evaluation.forecasts.Forecaster;

/** The figures of forecasts that need no network, beside those of the network, for a person. */
public final class ForecastTable {
  private static final List<String> OTHERS =
      Arrays.stream(Forecaster.values())
          .filter(by -> by != Forecaster.NETWORK)
          .map(Forecaster::word)
          .toList();

  private ForecastTable() {}

  /** What the first metric is without a network; empty if it is none of forecasts. */
  public static Optional<String> beside(List<Score> scores) {
    var words = new ArrayList<String>();
    for (String other : OTHERS) {
      double value = Score.value(scores, other + "-" + scores.get(0).name());
      if (!Double.isNaN(value)) {
        words.add(String.format(Locale.ROOT, "%s %.3f", other, value));
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
  }

  /**
   * A line for each metric that is known of others than the network, below a heading; none if there
   * is no such metric.
   *
   * @param split that was measured
   */
  public static List<String> lines(String split, Scores scores) {
    var lines = new ArrayList<String>();
    for (Score score : scores.all()) {
      Map<String, Double> details = scores.details().getOrDefault(score.name(), Map.of());
      List<String> others = OTHERS.stream().filter(details::containsKey).toList();
      if (!others.isEmpty()) {
        if (lines.isEmpty()) {
          lines.add(line(split, "network", others));
        }
        List<String> values = others.stream().map(other -> number(details.get(other))).toList();
        lines.add(line(score.name(), number(score.value()), values));
      }
    }
    return lines;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String line(String name, String network, List<String> others) {
    var line = new StringBuilder(String.format(Locale.ROOT, "%-20s %10s", name, network));
    others.forEach(other -> line.append(String.format(Locale.ROOT, " %14s", other)));
    return line.toString();
  }
}
