package org.rondo.frames.predict;

import java.io.Serializable;
import org.apache.spark.sql.types.StructType;
import org.rondo.tasks.RowPrediction;

/** The columns that predictions become, behind those of the data. Goes with the tasks. */
public interface PredictionColumns extends Serializable {
  /** Of the data and what is predicted. */
  StructType schema();

  /**
   * Writes the predicted columns of a row.
   *
   * @param prediction by the roles of the task's decoder, or why there is none
   * @param cells of the whole row, which begins with the data's; its last ones are written
   * @throws RuntimeException if a row must have a prediction and has none
   */
  void write(RowPrediction prediction, Object[] cells);
}
