package org.rondo.tasks.anomaly;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.scaling.Scaler;

/** The statistics of all training series. */
final class AnomalyFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final AnomalyPlan plan;

  /** By series: the numbers of all channels. */
  private final TreeMap<String, double[]> series = new TreeMap<>();

  private final Counts counts = new Counts();
  private List<String> channels = List.of();

  AnomalyFitting(AnomalyPlan plan) {
    this.plan = plan;
  }

  @Override
  public void add(Example row) {
    series.put(row.text(WindowPlan.ID), row.numbers(WindowPlan.STATISTICS));
    channels = row.tokens(WindowPlan.CHANNELS);
    counts.add("series", 1);
    counts.add("steps", row.numbers(WindowPlan.HISTORY).length / channels.size() + 1);
  }

  @Override
  public void merge(Fitting other) {
    var next = (AnomalyFitting) other;
    series.putAll(next.series);
    channels = channels.isEmpty() ? next.channels : channels;
    counts.merge(next.counts);
  }

  @Override
  public Features features() {
    if (series.isEmpty()) {
      throw refused("there are no training series of two steps");
    }
    var statistics = new TreeMap<String, SortedMap<String, SeriesStatistics>>();
    boolean varies = false;
    for (var each : series.entrySet()) {
      var own = new TreeMap<String, SeriesStatistics>();
      for (int c = 0; c < channels.size(); c++) {
        SeriesStatistics of = SeriesStatistics.read(each.getValue(), c);
        varies |= !of.isConstant();
        own.put(channels.get(c), of);
      }
      statistics.put(each.getKey(), own);
    }
    if (!varies) {
      throw refused("no training series changes; there is nothing to learn");
    }
    Scaler scaler = Scaler.named(plan.scaler());
    return new AnomalyFeatures(
        new AnomalyFeatures.Contents(
            AnomalyFeatures.VERSION,
            AnomalyTask.NAME,
            channels,
            plan.windows(),
            plan.expectation(),
            SeriesScales.of(statistics, scaler, plan.scalePerSeries()),
            plan.loss(),
            plan.metric(),
            plan.score(),
            Calibrations.none(channels.size()),
            counts.all()));
  }

  private static IngestException refused(String sentence) {
    return new IngestException(AnomalyTask.NAME + ": " + sentence);
  }
}
