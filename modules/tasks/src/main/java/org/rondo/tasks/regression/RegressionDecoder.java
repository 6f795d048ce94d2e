package org.rondo.tasks.regression;

import java.util.List;
import java.util.Map;
import org.rondo.evaluation.Predictions;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Decoder;
import org.rondo.tasks.Example;
import org.rondo.tasks.inputs.Scale;

/**
 * The predicted numbers in the units of the data: a number or a row of numbers, of each step a row
 * or a series.
 *
 * @param scales {@code (O)}: how the targets were scaled
 */
record RegressionDecoder(List<Scale> scales, boolean perStep) implements Decoder {
  static final String PREDICTION = "prediction";

  @Override
  public List<Column> columns() {
    return List.of(new Column(PREDICTION, type(), Need.ALWAYS));
  }

  private ColumnType type() {
    if (scales.size() == 1) {
      return perStep ? ColumnType.NUMBERS : ColumnType.NUMBER;
    }
    return perStep ? ColumnType.SERIES : ColumnType.NUMBERS;
  }

  @Override
  public Map<String, Object> decode(Example row, Predictions predictions) {
    int outputs = scales.size();
    var values = new double[predictions.count() * outputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = scales.get(i % outputs).unscaled(predictions.scores()[i]);
    }
    return Map.of(
        PREDICTION,
        switch (type()) {
          case NUMBER -> values[0];
          case SERIES -> steps(values);
          default -> values;
        });
  }

  private float[][] steps(double[] values) {
    int outputs = scales.size();
    var steps = new float[values.length / outputs][outputs];
    for (int i = 0; i < values.length; i++) {
      steps[i / outputs][i % outputs] = (float) values[i];
    }
    return steps;
  }
}
