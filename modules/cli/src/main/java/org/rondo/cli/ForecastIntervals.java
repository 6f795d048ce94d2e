package org.rondo.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.evaluation.Scores;
import org.rondo.evaluation.forecasts.ErrorQuantiles;
import org.rondo.frames.predict.FrameModel;
import org.rondo.ingest.Split;
import org.rondo.runs.SettingsException;
import org.rondo.tasks.WindowPlan;

/** Intervals around forecasts, as wide as the errors on the validation windows say. */
final class ForecastIntervals {
  private static final String OPTION = "--level ";

  private final List<Integer> levels;

  /**
   * @param words levels in percent, between commas; empty for none
   * @throws SettingsException if one is no whole number from 1 to 99
   */
  ForecastIntervals(String words) {
    levels = new ArrayList<>();
    for (String word : words.isBlank() ? new String[0] : words.split(",", -1)) {
      String level = word.strip();
      if (!level.matches("[1-9][0-9]?") || levels.contains(Integer.valueOf(level))) {
        throw new SettingsException(
            OPTION + words + ": must be whole numbers from 1 to 99, each once, such as 80,95");
      }
      levels.add(Integer.valueOf(level));
    }
  }

  /**
   * Errors allowed at each step, by level.
   *
   * @param validation the rows that the network was trained with
   * @throws SettingsException if levels are asked of a task that makes no forecasts
   * @throws org.rondo.ingest.IngestException if the data are not those of the checkpoint
   */
  Map<Integer, double[]> widths(
      FrameModel model, EvaluationRows validation, CommandSpark spark, StatusLine status)
      throws IOException {
    var widths = new TreeMap<Integer, double[]>();
    if (levels.isEmpty()) {
      return widths;
    }
    ErrorQuantiles errors =
        model
            .features()
            .errors()
            .orElseThrow(
                () ->
                    new SettingsException(OPTION + "is for forecasts, which the task makes none"));
    int horizon = model.features().windows().map(WindowPlan::horizon).orElseThrow();
    Scores scores = validation.evaluate(spark, Split.VALIDATION, status, List.of(errors));
    Map<String, Double> quantiles = scores.details().get(errors.name());
    for (int level : levels) {
      var own = new double[horizon];
      for (int step = 0; step < horizon; step++) {
        own[step] = quantiles.get(ErrorQuantiles.detail(level, step));
      }
      widths.put(level, own);
    }
    return widths;
  }
}
