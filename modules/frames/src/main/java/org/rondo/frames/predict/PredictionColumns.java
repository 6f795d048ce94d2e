package org.rondo.frames.predict;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;

/** The columns that predictions become, behind those of the data. Goes with the tasks. */
public interface PredictionColumns extends Serializable {
  /** Of the data and what is predicted. */
  StructType schema();

  /** Whether {@link org.rondo.tasks.Predictor#PROBABILITIES} is written too. */
  default boolean needsProbabilities() {
    return false;
  }

  /**
   * Whether {@link org.rondo.tasks.Predictor#SCORES} and {@code TARGETS} are written too; then rows
   * must have what is to be learned of them.
   */
  default boolean needsTargets() {
    return false;
  }

  /** What predicts for these columns. */
  default Predictor predicting(Predictor predictor) {
    if (needsTargets()) {
      return predictor.withTargets();
    }
    return needsProbabilities() ? predictor.withProbabilities() : predictor;
  }

  /**
   * Writes the predicted columns of a row.
   *
   * @param prediction by the roles of the task's decoder, or why there is none
   * @param cells of the whole row, which begins with the data's; its last ones are written
   * @throws RuntimeException if a row must have a prediction and has none
   */
  void write(RowPrediction prediction, Object[] cells);

  /** A row of data with what is predicted of it. */
  default Row row(Row data, RowPrediction prediction) {
    var cells = new Object[schema().length()];
    for (int i = 0; i < data.length(); i++) {
      cells[i] = data.get(i);
    }
    write(prediction, cells);
    return RowFactory.create(cells);
  }
}
