package org.rondo.tasks.anomaly;

import java.io.Serializable;
import java.util.List;
import org.rondo.evaluation.anomalies.AnomalyLikelihood;
import org.rondo.evaluation.anomalies.DynamicThreshold;
import org.rondo.evaluation.anomalies.ExponentialMean;
import org.rondo.evaluation.anomalies.RunningQuantile;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.TaskSettings;

/**
 * From errors to scores and alarms.
 *
 * @param score {@value #LIKELIHOOD}: the running likelihood of the errors; {@value #THRESHOLD}:
 *     smoothed errors s over a threshold e that was learned, s / (s + e); {@value #QUANTILE}: the
 *     same with e a running quantile of them, and the pruning above it
 * @param alarm least score of an alarm
 * @param history errors that say what is usual, of the likelihood and the quantile
 * @param recent latest errors that are compared with them
 * @param probation first steps of a series that have no score yet, for the state is cold; the first
 *     half of them does not enter the history
 * @param span of the mean that smooths errors, of the threshold and the quantile
 * @param pruning how far above the largest usual error an anomaly is at least, relatively
 * @param level of the quantile
 */
record ScorePlan(
    String score,
    double alarm,
    int history,
    int recent,
    int probation,
    int span,
    double pruning,
    double level)
    implements Serializable {
  static final String LIKELIHOOD = "likelihood";
  static final String THRESHOLD = "threshold";
  static final String QUANTILE = "quantile";
  private static final List<String> SCORES = List.of(LIKELIHOOD, THRESHOLD, QUANTILE);
  private static final int MOST_STEPS = 1 << 20;

  /** The likelihood from which on Lavin and Ahmad call a step anomalous. */
  private static final double UNLIKELY = 1 - 1e-5;

  /** The score of an error that is as large as the threshold. */
  private static final double AT_THRESHOLD = 0.5;

  ScorePlan {
    ValueException.unless(SCORES.contains(score), "score", score, "is none");
    ValueException.unless(alarm > 0 && alarm <= 1, "alarm", alarm, "must be from 0 to 1");
    ValueException.unless(history > recent, "history", history, "must be more than recent");
    ValueException.unless(recent >= 1, "recent", recent, "must be at least 1");
    ValueException.unless(probation >= 1, "probation", probation, "must be at least 1");
    ValueException.unless(span >= 1, "span", span, "must be at least 1");
    ValueException.unless(
        pruning >= 0 && pruning < 1, "pruning", pruning, "must be from 0 to less than 1");
    ValueException.unless(level > 0 && level <= 1, "level", level, "must be from 0 to 1");
  }

  static ScorePlan of(TaskSettings settings) {
    String score = settings.choice("score", SCORES);
    double usual = score.equals(LIKELIHOOD) ? UNLIKELY : AT_THRESHOLD;
    boolean auto = settings.text("alarm").equals("auto");
    int recent = settings.whole("recent", 1, MOST_STEPS);
    return new ScorePlan(
        score,
        auto ? usual : settings.number("alarm", Double.MIN_VALUE, 1),
        settings.whole("history", recent + 1, MOST_STEPS),
        recent,
        settings.whole("probation", 1, MOST_STEPS),
        settings.whole("span", 1, MOST_STEPS),
        settings.number("pruning", 0, Math.nextDown(1.0)),
        settings.number("level", Double.MIN_VALUE, 1));
  }

  AnomalyLikelihood likelihood() {
    return new AnomalyLikelihood(history, recent, probation / 2, probation);
  }

  RunningQuantile quantile() {
    return new RunningQuantile(history, level);
  }

  /** What learns a threshold of all known errors together. */
  DynamicThreshold threshold() {
    return new DynamicThreshold(1, 1, span, pruning);
  }

  /** Numbers that are remembered of the errors of a series. */
  int memory() {
    return switch (score) {
      case LIKELIHOOD -> AnomalyLikelihood.memory(history, recent);
      case QUANTILE -> 1 + ExponentialMean.MEMORY + RunningQuantile.memory(history);
      default -> ExponentialMean.MEMORY;
    };
  }
}
