package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictedColumns;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;

/** The columns of a decoder, and behind them what metrics read. */
final class MeasuredColumns implements PredictionColumns {
  private static final long serialVersionUID = 1L;

  private final PredictedColumns columns;

  /**
   * @param input schema of the data
   */
  MeasuredColumns(StructType input, List<Column> predicted) {
    var all = new ArrayList<Column>(predicted);
    all.add(new Column(Predictor.SCORES, ColumnType.NUMBERS, Need.ALWAYS));
    all.add(new Column(Predictor.TARGETS, ColumnType.NUMBERS, Need.ALWAYS));
    columns = new PredictedColumns(input, all);
  }

  @Override
  public StructType schema() {
    return columns.schema();
  }

  @Override
  public boolean needsTargets() {
    return true;
  }

  @Override
  public void write(RowPrediction prediction, Object[] cells) {
    columns.write(prediction, cells);
  }
}
