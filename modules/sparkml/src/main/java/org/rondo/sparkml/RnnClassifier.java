package org.rondo.sparkml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.ClassLabels;
import org.rondo.sparkml.columns.ClassificationColumns;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.ClassifierParams;
import org.rondo.sparkml.params.SequenceParams;
import org.rondo.sparkml.params.WeightParams;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.sparkml.schema.SequenceInput;
import org.rondo.tasks.Features;

/**
 * Learns a label for every sequence. The column of sequences is a text, an array of texts or whole
 * numbers (tokens), or an array of other numbers, of arrays or of vectors (values over time). The
 * label is a text, or a number from 0 as StringIndexer makes it.
 */
public final class RnnClassifier extends RnnEstimator<RnnClassifier, RnnClassifierModel>
    implements SequenceParams<RnnClassifier>,
        ClassifierParams<RnnClassifier>,
        WeightParams<RnnClassifier> {
  private static final long serialVersionUID = 1L;

  public RnnClassifier() {
    this(Identifiable$.MODULE$.randomUID("rnnClassifier"));
  }

  public RnnClassifier(String uid) {
    super(uid);
    setSequenceDefaults();
    setClassifierDefaults();
  }

  @Override
  LearnedTask task(StructType schema) {
    Map<String, Object> keys = sequenceKeys();
    keys.put("input", SequenceInput.of(schema, getFeaturesCol()).word(getCharacters()));
    return LearnedTask.of("classification", keys);
  }

  @Override
  Map<String, String> roles(StructType schema) {
    String role = SequenceInput.of(schema, getFeaturesCol()).role();
    var roles = new HashMap<>(Map.of(role, getFeaturesCol(), "label", getLabelCol()));
    addWeight(roles);
    return roles;
  }

  @Override
  List<StructField> predicted(StructType schema) {
    return ClassificationColumns.fields(
        getRawPredictionCol(), getProbabilityCol(), getPredictionCol(), ClassLabels.NONE);
  }

  @Override
  ClassLabels labels(StructField label, Features features) {
    return ClassLabels.of(label, features.labels());
  }

  @Override
  RnnClassifierModel model(FittedNetwork fitted) {
    return new RnnClassifierModel(uid(), fitted);
  }

  public static MLReader<RnnClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnClassifier load(String path) {
    return read().load(path);
  }
}
