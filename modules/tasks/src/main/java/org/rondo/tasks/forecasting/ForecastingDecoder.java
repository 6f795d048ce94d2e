package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.evaluation.forecasts.IntervalLevels;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;

/**
 * {@code (h,C)} forecasts of a window, step by step, in the units of the data; {@code (C)} those
 * units, in which errors are measured; and, likewise {@code (h,C)}, the ends of each interval that
 * is learned, such as {@code lower_80} and {@code upper_80}.
 */
record ForecastingDecoder(ForecastingFeatures features, ForecastLayout layout) implements Decoder {
  static final String FORECAST = "forecast";
  static final String UNIT = "unit";

  @Override
  public List<Column> columns() {
    var columns = new ArrayList<Column>();
    columns.add(new Column(FORECAST, ColumnType.NUMBERS, Need.ALWAYS));
    columns.add(new Column(UNIT, ColumnType.NUMBERS, Need.ALWAYS));
    for (int level : layout.levels()) {
      columns.add(new Column(IntervalLevels.lower(level), ColumnType.NUMBERS, Need.ALWAYS));
      columns.add(new Column(IntervalLevels.upper(level), ColumnType.NUMBERS, Need.ALWAYS));
    }
    return columns;
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    ScaledWindow window = features.window(row);
    int median = layout.median();
    var values = new double[2 * median + 1][layout.values()];
    for (int i = 0; i < layout.values(); i++) {
      double[] forecast = layout.forecast(predictions, predictions.count() - 1, i);
      for (int q = 0; q < values.length; q++) {
        values[q][i] = window.ofData(forecast[q], i % layout.channels());
      }
    }
    var decoded = new HashMap<String, Object>();
    decoded.put(FORECAST, values[median]);
    decoded.put(UNIT, window.units());
    for (int i = 0; i < layout.levels().size(); i++) {
      int level = layout.levels().get(i);
      decoded.put(IntervalLevels.lower(level), values[median - 1 - i]);
      decoded.put(IntervalLevels.upper(level), values[median + 1 + i]);
    }
    return decoded;
  }
}
