package org.rondo.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.Scores;
import org.rondo.evaluation.forecasts.Coverage;
import org.rondo.evaluation.forecasts.ErrorQuantiles;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.evaluation.forecasts.IntervalLevels;
import org.rondo.ingest.Split;
import org.rondo.runs.SettingsException;
import org.rondo.tasks.Features;

/** Intervals around forecasts, as wide as the errors on the validation windows say. */
final class ForecastIntervals {
  private static final String OPTION = "--level ";

  private final String words;
  private final List<Integer> levels;

  /**
   * @param words levels in percent, between commas; empty for none
   * @throws SettingsException if one is no whole number from 1 to 99
   */
  ForecastIntervals(String words) {
    this.words = words;
    try {
      levels = IntervalLevels.of(words);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(OPTION + words + ": " + e.getMessage(), e);
    }
  }

  /**
   * Errors allowed at each step, by level.
   *
   * @param features of the network
   * @param validation the rows that it was trained with
   * @throws SettingsException if levels are asked of a task that makes no forecasts, or of a
   *     network that has learned intervals
   * @throws org.rondo.ingest.IngestException if the data are not those of the checkpoint
   */
  SortedMap<Integer, List<Double>> errors(
      Features features, EvaluationRows validation, CommandSpark spark, StatusLine status)
      throws IOException {
    var errors = new TreeMap<Integer, List<Double>>();
    if (levels.isEmpty()) {
      return errors;
    }
    var measured = new ErrorQuantiles(layout(features));
    Scores scores = validation.evaluate(spark, Split.VALIDATION, status, List.of(measured));
    Map<String, Double> details = scores.details().get(measured.name());
    levels.forEach(level -> errors.put(level, measured.sizes(details, level)));
    return errors;
  }

  /** How often values of a split lie in the intervals. */
  List<Metric> coverages(
      Features features, EvaluationRows validation, CommandSpark spark, StatusLine status)
      throws IOException {
    var coverages = new ArrayList<Metric>();
    errors(features, validation, spark, status)
        .forEach((level, errors) -> coverages.add(new Coverage(layout(features), level, errors)));
    return coverages;
  }

  boolean none() {
    return levels.isEmpty();
  }

  /** That intervals are asked of a task that makes no forecasts. */
  SettingsException noForecasts() {
    return new SettingsException(OPTION + words + ": is for forecasts, which the task makes none");
  }

  private ForecastLayout layout(Features features) {
    ForecastLayout layout = features.forecasts().orElseThrow(this::noForecasts);
    if (!layout.levels().isEmpty()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s%s: the network has learned intervals itself, those of forecasting.level = %s",
              OPTION,
              words,
              IntervalLevels.words(layout.levels())));
    }
    return layout;
  }
}
