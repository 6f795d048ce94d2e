package org.rondo.sparkml;

import java.util.List;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.sparkml.columns.RegressionColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;

/** Predicts numbers of every sequence, or of each of its steps; see {@link RnnRegressor}. */
public final class RnnRegressionModel extends RnnModel<RnnRegressionModel> {
  private static final long serialVersionUID = 1L;

  RnnRegressionModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
  }

  @Override
  List<StructField> predicted() {
    return RegressionColumns.fields(getPredictionCol(), fitted().labelType());
  }

  @Override
  PredictionColumns columns(StructType schema) {
    return new RegressionColumns(schema, fitted().labelType(), getHandleInvalid().equals("error"));
  }

  @Override
  RnnRegressionModel same() {
    return new RnnRegressionModel(uid(), fitted());
  }

  public static MLReader<RnnRegressionModel> read() {
    return new ModelReader<>(
        RnnRegressionModel.class, FittedNetwork::read, RnnRegressionModel::new);
  }

  public static RnnRegressionModel load(String path) {
    return read().load(path);
  }
}
