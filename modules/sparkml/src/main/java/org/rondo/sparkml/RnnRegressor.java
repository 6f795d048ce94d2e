package org.rondo.sparkml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.RegressionColumns;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.params.SequenceParams;
import org.rondo.sparkml.params.WeightParams;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.sparkml.schema.SchemaCheck;
import org.rondo.sparkml.schema.SequenceInput;

/**
 * Learns numbers of every sequence, or of each of its steps. The column of sequences is one that
 * {@link RnnClassifier} takes. The label is a number, or an array or vector of several numbers; by
 * {@link #perStep} an array with a number, an array or a vector for each step. Predictions have the
 * label's shape.
 */
public final class RnnRegressor extends RnnEstimator<RnnRegressor, RnnRegressionModel>
    implements SequenceParams<RnnRegressor>, WeightParams<RnnRegressor> {
  private static final long serialVersionUID = 1L;

  public RnnRegressor() {
    this(Identifiable$.MODULE$.randomUID("rnnRegressor"));
  }

  public RnnRegressor(String uid) {
    super(uid);
    setSequenceDefaults();
    setDefault(perStep(), false);
  }

  /** Whether each step has a label. */
  public BooleanParam perStep() {
    return new BooleanParam(
        this,
        "perStep",
        "whether each step of a sequence has a label, not the sequence as a whole; null or NaN in the place of a step without one");
  }

  public RnnRegressor setPerStep(boolean value) {
    return with(perStep(), value);
  }

  public boolean getPerStep() {
    return (boolean) getOrDefault(perStep());
  }

  @Override
  LearnedTask task(StructType schema) {
    Map<String, Object> keys = sequenceKeys();
    keys.put("input", SequenceInput.of(schema, getFeaturesCol()).word(getCharacters()));
    keys.put("per_step", getPerStep());
    return LearnedTask.of("regression", keys);
  }

  @Override
  Map<String, String> roles(StructType schema) {
    String role = SequenceInput.of(schema, getFeaturesCol()).role();
    var roles = new HashMap<>(Map.of(role, getFeaturesCol(), "target", getLabelCol()));
    addWeight(roles);
    return roles;
  }

  @Override
  List<StructField> predicted(StructType schema) {
    DataType label = SchemaCheck.column(schema, "labelCol", getLabelCol()).dataType();
    return RegressionColumns.fields(getPredictionCol(), label);
  }

  @Override
  RnnRegressionModel model(FittedNetwork fitted) {
    return new RnnRegressionModel(uid(), fitted);
  }

  public static MLReader<RnnRegressor> read() {
    return new DefaultParamsReader<>();
  }

  public static RnnRegressor load(String path) {
    return read().load(path);
  }
}
