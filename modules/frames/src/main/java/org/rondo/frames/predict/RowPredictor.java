package org.rondo.frames.predict;

import java.io.Serializable;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.rows.RowReader;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;

/**
 * Predicts rows one by one, inside a function of the caller's: it goes with the tasks, each
 * executor has the parameters once, and a task opens the network at its first row. The products
 * have the shape of one row, so that the last bits may differ from those of a {@link
 * FramePredictor}.
 */
public final class RowPredictor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ShippedModel model;
  private final RowReader reader;
  private final PredictionColumns columns;
  private final HeldByTask<Predictor> held = new HeldByTask<>();

  /**
   * @param parameters of the model's network, as its layout says
   * @param schema of the rows that it is given
   * @param columns of those and what is predicted
   * @throws IllegalArgumentException if the schema does not fit, naming the column
   */
  public RowPredictor(
      FrameModel model,
      Broadcast<float[]> parameters,
      StructType schema,
      PredictionColumns columns) {
    this.model = new ShippedModel(model, parameters);
    this.reader = RowReader.of(model.roles(), model.columns(), schema, false);
    this.columns = columns;
  }

  /** Of the rows that {@link #predict} gives. */
  public StructType schema() {
    return columns.schema();
  }

  /** The row with what is predicted of it behind its cells. */
  public Row predict(Row row) {
    return columns.row(row, prediction(row));
  }

  private RowPrediction prediction(Row row) {
    try {
      Example example = reader.example(row);
      return new RowPrediction(
          held.with(this::open, Predictor::close, predictor -> predictor.predict(example)), null);
    } catch (BadExampleException e) {
      return new RowPrediction(Map.of(), e.getMessage());
    }
  }

  private Predictor open() {
    return model.open(
        "prediction",
        (features, spec, values, kernels, precision) ->
            columns.predicting(new Predictor(features, spec, values, kernels, precision, 1)));
  }
}
