package org.rondo.tasks.anomaly;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.kernels.ValueException;

/**
 * Those of all series.
 *
 * @param series by name; empty as long as the network's errors were not measured
 * @param others of every other series
 */
record Calibrations(SortedMap<String, Calibration> series, Calibration others) {
  Calibrations {
    ValueException.unlessGiven("series", series);
    ValueException.unlessGiven("others", others);
    series = Collections.unmodifiableSortedMap(new TreeMap<>(series));
  }

  static Calibrations none(int channels) {
    return new Calibrations(new TreeMap<>(), Calibration.none(channels));
  }

  Calibration of(String id) {
    return series.getOrDefault(id, others);
  }
}
