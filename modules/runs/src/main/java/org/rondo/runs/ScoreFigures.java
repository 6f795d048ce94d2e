package org.rondo.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Score;

/** Scores as fields of a line of JSON that scripts read; null where there is no number. */
public final class ScoreFigures {
  private ScoreFigures() {}

  /**
   * The name of the metric that decides, its value, and the values of all metrics by name.
   *
   * @param scores the one that decides first
   */
  public static Map<String, Object> of(List<Score> scores) {
    var all = new LinkedHashMap<String, Object>();
    scores.forEach(score -> all.put(score.name(), finite(score.value())));
    var figures = new LinkedHashMap<String, Object>();
    figures.put("metric", scores.get(0).name());
    figures.put("score", finite(scores.get(0).value()));
    figures.put("scores", all);
    return figures;
  }

  /**
   * Puts a field that language models have had from the beginning.
   *
   * @param metric without whose score it is left out
   */
  public static void putIfMeasured(
      Map<String, Object> figures, String field, List<Score> scores, String metric) {
    if (scores.stream().anyMatch(score -> score.name().equals(metric))) {
      figures.put(field, finite(Score.value(scores, metric)));
    }
  }

  /** Puts a field that is null where there is no number. */
  public static void put(Map<String, Object> figures, String field, double value) {
    figures.put(field, finite(value));
  }

  /** JSON knows no NaN. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
