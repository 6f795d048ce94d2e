package org.rondo.sparkml;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.predict.PredictionColumns;
import org.rondo.sparkml.columns.ClassRule;
import org.rondo.sparkml.columns.ClassificationColumns;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.ClassifierParams;

/** Predicts a label for every sequence; see {@link RnnClassifier}. */
public final class RnnClassifierModel extends RnnModel<RnnClassifierModel>
    implements ClassifierParams<RnnClassifierModel> {
  private static final long serialVersionUID = 1L;

  RnnClassifierModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setClassifierDefaults();
  }

  /** The labels that a prediction of 0, 1, ... stands for. */
  public String[] labels() {
    return fitted().labels().names().toArray(String[]::new);
  }

  /** Number of labels. */
  public int numClasses() {
    return fitted().labels().count();
  }

  @Override
  List<StructField> predicted() {
    return ClassificationColumns.fields(
        getRawPredictionCol(), getProbabilityCol(), getPredictionCol(), fitted().labels());
  }

  @Override
  PredictionColumns columns(StructType schema) {
    Optional<double[]> given =
        isDefined(thresholds()) ? Optional.of(getThresholds()) : Optional.empty();
    return new ClassificationColumns(
        schema,
        new ClassRule(fitted().labels(), given),
        !getRawPredictionCol().isEmpty(),
        !getProbabilityCol().isEmpty(),
        getHandleInvalid().equals("error"));
  }

  @Override
  RnnClassifierModel same() {
    return new RnnClassifierModel(uid(), fitted());
  }

  public static MLReader<RnnClassifierModel> read() {
    return new ModelReader<>(
        RnnClassifierModel.class, FittedNetwork::read, RnnClassifierModel::new);
  }

  public static RnnClassifierModel load(String path) {
    return read().load(path);
  }
}
