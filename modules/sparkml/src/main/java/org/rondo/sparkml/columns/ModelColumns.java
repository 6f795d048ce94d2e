package org.rondo.sparkml.columns;

import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.tasks.RowPrediction;

/** The predictions of a model; a row without one is refused, or its columns are null. */
abstract class ModelColumns implements PredictionColumns {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final boolean refuses;

  /**
   * @param schema of the data and what is predicted
   * @param refuses whether a row without a prediction is an error
   */
  ModelColumns(StructType schema, boolean refuses) {
    this.schema = schema;
    this.refuses = refuses;
  }

  @Override
  public final StructType schema() {
    return schema;
  }

  @Override
  public final void write(RowPrediction prediction, Object[] cells) {
    if (prediction.isPredicted()) {
      write(prediction.values(), cells);
    } else if (refuses) {
      throw new RefusedRowException(prediction.problem());
    }
  }

  /**
   * Writes a prediction.
   *
   * @param values by the roles of the task's decoder
   * @param cells of the whole row; the last ones are written
   */
  abstract void write(Map<String, Object> values, Object[] cells);
}
