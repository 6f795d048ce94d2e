package org.rondo.tasks.forecasting;

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
import org.rondo.tasks.scaling.PooledStatistics;
import org.rondo.tasks.scaling.Scaler;

/** The series of the training windows, each with the statistics that its windows carry. */
final class ForecastingFitting implements Fitting {
  private static final long serialVersionUID = 1L;

  private final ForecastingPlan plan;

  /** By series, then by channel: eight numbers. */
  private final TreeMap<String, TreeMap<String, double[]>> series = new TreeMap<>();

  /** By series: those of the other columns. */
  private final TreeMap<String, double[]> exogenous = new TreeMap<>();

  private final Counts counts = new Counts();

  /** Of the first window. */
  private List<String> channels = List.of();

  ForecastingFitting(ForecastingPlan plan) {
    this.plan = plan;
  }

  @Override
  public void add(Example row) {
    counts.add("windows", 1);
    TreeMap<String, double[]> own =
        series.computeIfAbsent(row.text(WindowPlan.ID), id -> new TreeMap<>());
    exogenous.putIfAbsent(row.text(WindowPlan.ID), row.numbers(WindowPlan.EXOGENOUS_STATISTICS));
    double[] all = row.numbers(WindowPlan.STATISTICS);
    List<String> names = row.tokens(WindowPlan.CHANNELS);
    channels = channels.isEmpty() ? names : channels;
    for (int c = 0; c < names.size(); c++) {
      if (!own.containsKey(names.get(c))) {
        var numbers = new double[SeriesStatistics.FIELDS];
        SeriesStatistics.read(all, c).write(numbers, 0);
        own.put(names.get(c), numbers);
      }
    }
  }

  @Override
  public void merge(Fitting other) {
    var next = (ForecastingFitting) other;
    counts.merge(next.counts);
    channels = channels.isEmpty() ? next.channels : channels;
    next.exogenous.forEach(exogenous::putIfAbsent);
    next.series.forEach(
        (id, own) ->
            own.forEach(
                (name, statistics) ->
                    series
                        .computeIfAbsent(id, i -> new TreeMap<>())
                        .putIfAbsent(name, statistics)));
  }

  @Override
  public Features features() {
    if (series.isEmpty()) {
      throw refused("there are no training windows");
    }
    SortedMap<String, PooledStatistics> pooled = pooled();
    if (pooled.values().stream().allMatch(PooledStatistics::isConstant)) {
      throw refused("all training values are the same; there is nothing to forecast");
    }
    Scaler scaler = Scaler.named(plan.scaler());
    var scales = new TreeMap<String, SortedMap<String, ChannelScale>>();
    series.forEach(
        (id, own) -> {
          var ofSeries = new TreeMap<String, ChannelScale>();
          own.forEach(
              (name, numbers) -> {
                SeriesStatistics statistics = SeriesStatistics.read(numbers, 0);
                SeriesStatistics of = plan.scalePerSeries() ? statistics : pooled.get(name).all();
                ofSeries.put(name, new ChannelScale(scaler.scale(of), statistics.naiveError()));
              });
          scales.put(id, ofSeries);
        });
    var others = new TreeMap<String, ChannelScale>();
    if (!plan.scalePerSeries()) {
      pooled.forEach((name, all) -> others.put(name, new ChannelScale(scaler.scale(all.all()), 0)));
    }
    List<String> names = plan.windows().perChannel() ? List.copyOf(pooled.keySet()) : channels;
    return new ForecastingFeatures(
        new ForecastingFeatures.Contents(
            ForecastingFeatures.VERSION,
            ForecastingTask.NAME,
            new WindowShape(plan.windows(), plan.segment(), plan.subtractLast(), names),
            plan.scaler(),
            scales,
            others,
            ExogenousScales.of(plan, exogenous),
            plan.loss(),
            plan.levels(),
            plan.metric(),
            counts.all()));
  }

  /** By channel. */
  private SortedMap<String, PooledStatistics> pooled() {
    var pooled = new TreeMap<String, PooledStatistics>();
    for (TreeMap<String, double[]> own : series.values()) {
      own.forEach(
          (name, numbers) ->
              pooled
                  .computeIfAbsent(name, n -> new PooledStatistics())
                  .add(SeriesStatistics.read(numbers, 0)));
    }
    return pooled;
  }

  private static IngestException refused(String sentence) {
    return new IngestException(ForecastingTask.NAME + ": " + sentence);
  }
}
