package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.kernels.ValueException;
import org.rondo.tasks.Example;
import org.rondo.tasks.ExogenousColumns;
import org.rondo.tasks.SeriesStatistics;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.inputs.Scale;
import org.rondo.tasks.scaling.PooledStatistics;
import org.rondo.tasks.scaling.Scaler;

/**
 * How the columns beside the channels are scaled.
 *
 * @param series scales by series and column
 * @param shared scales by column of all series; a column has either these or those
 */
record ExogenousScales(
    SortedMap<String, SortedMap<String, Scale>> series, SortedMap<String, Scale> shared) {
  ExogenousScales {
    ValueException.unlessGiven("series", series);
    ValueException.unlessGiven("shared", shared);
  }

  /**
   * Those of the training windows. What is the same at every step of a series is scaled over all of
   * them.
   *
   * @param statistics by series: those of all columns
   */
  static ExogenousScales of(ForecastingPlan plan, Map<String, double[]> statistics) {
    ExogenousColumns columns = plan.windows().exogenous();
    List<String> names = columns.all();
    Scaler scaler = Scaler.named(plan.scaler());
    // Quartiles over all series are not known.
    Scaler ofAll = scaler == Scaler.ROBUST ? Scaler.STANDARD : scaler;
    var series = new TreeMap<String, SortedMap<String, Scale>>();
    var shared = new TreeMap<String, Scale>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      var pooled = new PooledStatistics();
      for (Map.Entry<String, double[]> entry : statistics.entrySet()) {
        SeriesStatistics own = SeriesStatistics.read(entry.getValue(), i);
        pooled.add(own);
        if (plan.scalePerSeries() && !columns.statics().contains(name)) {
          series
              .computeIfAbsent(entry.getKey(), id -> new TreeMap<>())
              .put(name, scaler.scale(own));
        }
      }
      if (!plan.scalePerSeries() || columns.statics().contains(name)) {
        shared.put(name, ofAll.scale(pooled.all()));
      }
    }
    return new ExogenousScales(series, shared);
  }

  /**
   * Of all columns, for the window of a row; a series that is not known is scaled by its own steps.
   */
  List<Scale> of(Example row, ExogenousColumns columns, Scaler scaler) {
    var scales = new ArrayList<Scale>();
    Map<String, Scale> own = series.getOrDefault(row.text(WindowPlan.ID), new TreeMap<>());
    for (String name : columns.all()) {
      Scale scale = shared.getOrDefault(name, own.get(name));
      scales.add(
          scale != null
              ? scale
              : scaler.scale(
                  SeriesStatistics.read(
                      row.numbers(WindowPlan.EXOGENOUS_STATISTICS), scales.size())));
    }
    return scales;
  }
}
