package org.rondo.tasks.forecasting;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;

/**
 * {@code (h,C)} forecasts of a window, step by step, in the units of the data; and {@code (C)}
 * those units, in which errors are measured.
 */
record ForecastingDecoder(ForecastingFeatures features, ForecastLayout layout) implements Decoder {
  private static final String FORECAST = "forecast";
  private static final String UNIT = "unit";

  @Override
  public List<Column> columns() {
    return List.of(
        new Column(FORECAST, ColumnType.NUMBERS, Need.ALWAYS),
        new Column(UNIT, ColumnType.NUMBERS, Need.ALWAYS));
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    ScaledWindow window = features.window(row);
    var values = new double[layout.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = window.ofData(predictions.score(0, i), i % layout.channels());
    }
    return Map.of(FORECAST, values, UNIT, window.units());
  }
}
