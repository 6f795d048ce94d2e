package org.rondo.cli.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.rondo.evaluation.anomalies.EventScores;
import org.rondo.evaluation.anomalies.NabProfile;
import org.rondo.evaluation.anomalies.NabScorer;
import org.rondo.frames.anomalies.ScoredSeries;
import org.rondo.kernels.Counted;
import org.rondo.tasks.anomaly.AnomalyFeatures;

/** What scores and alarms come to, for a person. */
final class AnomalySummary {
  private static final int MOST_ALARMS = 10;

  private final List<ScoredSeries> series;
  private final List<Row> alarms;
  private final AnomalyFeatures features;

  AnomalySummary(List<ScoredSeries> series, List<Row> alarms, AnomalyFeatures features) {
    this.series = series;
    this.alarms = alarms;
    this.features = features;
  }

  /**
   * How many alarms there are and where; with labels, how good they are.
   *
   * @param rejected rows that could not be scored
   */
  List<String> lines(long rejected, boolean labelled) {
    var lines = new ArrayList<String>();
    long steps = series.stream().mapToLong(each -> each.scores().length).sum();
    long touched = alarms.stream().map(alarm -> alarm.getString(0)).distinct().count();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s in %d of %s, over %s%s; an alarm is a score of %s or more",
            Counted.of(alarms.size(), "alarm"),
            touched,
            Counted.of(series.size(), "series", "series"),
            Counted.of(steps, "step"),
            rejected == 0
                ? ""
                : String.format(
                    Locale.ROOT, ", beside %s that cannot be scored", Counted.of(rejected, "row")),
            features.alarm()));
    alarms.stream()
        .sorted(Comparator.comparingDouble((Row alarm) -> -alarm.getDouble(4)))
        .limit(MOST_ALARMS)
        .forEach(alarm -> lines.add("  " + line(alarm)));
    if (alarms.size() > MOST_ALARMS) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  and %s of lower scores",
              Counted.of(alarms.size() - MOST_ALARMS, "alarm")));
    }
    long unscored =
        series.stream().filter(each -> each.scores().length <= features.probation()).count();
    if (unscored > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s no more than %s and so no score yet: anomaly.probation",
              Counted.of(unscored, "series has", "series have"),
              Counted.of(features.probation(), "step")));
    }
    if (labelled) {
      measured(lines);
    }
    return lines;
  }

  private static String line(Row alarm) {
    String name = alarm.getString(0);
    return String.format(
        Locale.ROOT,
        "%s%s to %s, %s: score %.6f%s",
        name.isEmpty() ? "" : name + ", ",
        alarm.getString(1),
        alarm.getString(2),
        Counted.of(alarm.getLong(3), "step"),
        alarm.getDouble(4),
        alarm.isNullAt(5) ? "" : ", most of it of " + alarm.getString(5));
  }

  private void measured(List<String> lines) {
    var events = new EventScores(features.alarm());
    var nab = new NabScorer(NabProfile.STANDARD);
    boolean anomalous = false;
    for (ScoredSeries each : series) {
      events.add(
          each.scores(), each.labelled(), Math.min(features.probation(), each.scores().length));
      nab.add(each.scores(), each.labelled());
      int probation = NabScorer.probationarySteps(each.scores().length);
      anomalous |= each.labelled().stream().anyMatch(event -> event.last() >= probation);
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "by event: precision %.3f, recall %.3f, F1 %.3f; by step: precision %.3f, recall %.3f, F1 %.3f, area under the precision-recall curve %.3f",
            events.eventPrecision(),
            events.eventRecall(),
            events.eventF1(),
            events.stepPrecision(),
            events.stepRecall(),
            events.stepF1(),
            events.precisionRecallArea()));
    if (anomalous) {
      lines.add(
          String.format(
              Locale.ROOT,
              "NAB's standard score: %.1f with these alarms; %.1f at the score that would have been best",
              nab.normalised(nab.at(features.alarm())),
              nab.normalised(nab.best())));
    }
  }
}
