package org.rondo.sparkml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.params.NetworkParams;
import org.rondo.sparkml.params.PredictionParams;
import org.rondo.sparkml.params.RowParams;
import org.rondo.sparkml.params.TrainingParams;
import org.rondo.tasks.Features;

/**
 * Learns a task from rows on the session's executors. The result is bit-identical whatever the
 * partitions of the rows and the cluster; see {@link TrainingParams#numWorkers}.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
public abstract class RnnEstimator<E extends RnnEstimator<E, M>, M extends RnnModel<M>>
    extends Estimator<M>
    implements PredictionParams<E>,
        RowParams<E>,
        NetworkParams<E>,
        TrainingParams<E>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  RnnEstimator(String uid) {
    this.uid = uid;
    setPredictionDefaults();
    setRowDefaults();
    setNetworkDefaults();
    setTrainingDefaults();
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
  public String uid() {
    return uid;
  }

  @Override
  public M fit(Dataset<?> rows) {
    transformSchema(rows.schema());
    M model = model(new TaskFit(this, rows.toDF()).run());
    return copyValues(model, new ParamMap()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaCheck.column(schema, "featuresCol", getFeaturesCol());
    SchemaCheck.column(schema, "labelCol", getLabelCol());
    if (isDefined(orderCol())) {
      SchemaCheck.column(schema, "orderCol", getOrderCol());
    }
    if (isDefined(validationIndicatorCol())) {
      String name = getValidationIndicatorCol();
      StructField column = SchemaCheck.column(schema, "validationIndicatorCol", name);
      if (!(column.dataType() instanceof BooleanType)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "column %s is of type %s; validationIndicatorCol takes a boolean one",
                name,
                column.dataType().simpleString()));
      }
    }
    SchemaCheck.read(task(schema), roles(schema), schema, true);
    return SchemaCheck.with(schema, predicted(schema));
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
