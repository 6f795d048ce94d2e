package org.rondo.frames.stream;

import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.tasks.RowPrediction;

/**
 * Predictions that nobody asks for: only states are wanted.
 *
 * @param schema of the data
 */
record NoColumns(StructType schema) implements PredictionColumns {
  private static final long serialVersionUID = 1L;

  @Override
  public void write(RowPrediction prediction, Object[] cells) {
    // The data's columns are all there are.
  }
}
