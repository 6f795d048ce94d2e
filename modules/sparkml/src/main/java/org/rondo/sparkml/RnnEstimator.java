package org.rondo.sparkml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.columns.ClassLabels;
import org.rondo.sparkml.params.LabelParams;
import org.rondo.sparkml.params.NetworkParams;
import org.rondo.sparkml.params.PredictionParams;
import org.rondo.tasks.Features;

/**
 * Learns a task from labelled rows.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
public abstract class RnnEstimator<E extends RnnEstimator<E, M>, M extends RnnModel<M>>
    extends NetworkEstimator<E, M>
    implements PredictionParams<E>, LabelParams<E>, NetworkParams<E> {
  private static final long serialVersionUID = 1L;

  RnnEstimator(String uid) {
    super(uid);
    setPredictionDefaults();
    setLabelDefaults();
    setNetworkDefaults();
  }

  /** What is learned of rows of that schema. */
  abstract LearnedTask task(StructType schema);

  /** The column of each role. */
  abstract Map<String, String> roles(StructType schema);

  /**
   * Where a model writes its predictions.
   *
   * @param schema of the rows that it learns
   */
  abstract List<StructField> predicted(StructType schema);

  /**
   * What a model's predictions stand for.
   *
   * @param label the column of what was learned
   */
  ClassLabels labels(StructField label, Features features) {
    return ClassLabels.NONE;
  }

  abstract M model(FittedNetwork fitted);

  @Override
  public M fit(Dataset<?> rows) {
    transformSchema(rows.schema());
    M model = model(new TaskFit(this, rows.toDF()).run());
    return copyValues(model, new ParamMap()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    checkRows(schema);
    SchemaCheck.column(schema, "labelCol", getLabelCol());
    SchemaCheck.read(task(schema), roles(schema), schema, true);
    return SchemaCheck.with(schema, predicted(schema));
  }
}
