package org.rondo.tasks.anomaly;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.inputs.Scale;
import org.rondo.tasks.scaling.PooledStatistics;
import org.rondo.tasks.scaling.Scaler;

/**
 * Scales of channels, from training steps alone.
 *
 * @param series by series and channel; empty where all have one
 * @param others by channel, of all other series: what is to come of them is not known when their
 *     first step is scored
 */
record SeriesScales(
    SortedMap<String, SortedMap<String, Scale>> series, SortedMap<String, Scale> others) {
  SeriesScales {
    ValueException.unlessGiven("series", series);
    ValueException.unlessGiven("others", others);
    series = Collections.unmodifiableSortedMap(new TreeMap<>(series));
    others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /**
   * Those that statistics come to.
   *
   * @param statistics by series, then by channel
   * @param perSeries whether each series has its own
   */
  static SeriesScales of(
      SortedMap<String, SortedMap<String, SeriesStatistics>> statistics,
      Scaler scaler,
      boolean perSeries) {
    var series = new TreeMap<String, SortedMap<String, Scale>>();
    var others = new TreeMap<String, Scale>();
    pooled(statistics).forEach((channel, all) -> others.put(channel, scaler.scale(all.all())));
    if (perSeries) {
      statistics.forEach(
          (id, channels) -> {
            var own = new TreeMap<String, Scale>();
            channels.forEach((channel, of) -> own.put(channel, scaler.scale(of)));
            series.put(id, own);
          });
    }
    return new SeriesScales(series, others);
  }

  private static SortedMap<String, PooledStatistics> pooled(
      SortedMap<String, SortedMap<String, SeriesStatistics>> statistics) {
    var pooled = new TreeMap<String, PooledStatistics>();
    for (SortedMap<String, SeriesStatistics> own : statistics.values()) {
      own.forEach(
          (channel, of) -> pooled.computeIfAbsent(channel, name -> new PooledStatistics()).add(of));
    }
    return pooled;
  }

  /** Those of the channels of a series, in their order. */
  List<Scale> of(String id, List<String> channels) {
    SortedMap<String, Scale> own = series.getOrDefault(id, Collections.emptySortedMap());
    var scales = new ArrayList<Scale>();
    for (String channel : channels) {
      Scale scale = own.get(channel);
      scales.add(scale == null ? others.get(channel) : scale);
    }
    return scales;
  }
}
