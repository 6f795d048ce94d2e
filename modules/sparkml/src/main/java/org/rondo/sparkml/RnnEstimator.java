package org.rondo.sparkml;

import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.sparkml.fits.FitPlans;
import org.rondo.sparkml.params.LabelParams;
import org.rondo.sparkml.params.OrderParams;
import org.rondo.sparkml.params.PredictionParams;
import org.rondo.sparkml.params.WeightParams;
import org.rondo.sparkml.schema.FitMessages;
import org.rondo.sparkml.schema.LearnedTask;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Learns a task from labelled rows, and predicts beside them.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
public abstract class RnnEstimator<E extends RnnEstimator<E, M>, M extends RnnModel<M>>
    extends TaskEstimator<E, M> implements PredictionParams<E>, LabelParams<E>, OrderParams<E> {
  private static final long serialVersionUID = 1L;

  RnnEstimator(String uid) {
    super(uid);
    setPredictionDefaults();
    setLabelDefaults();
  }

  /**
   * Where a model writes its predictions.
   *
   * @param schema of the rows that it learns
   */
  abstract List<StructField> predicted(StructType schema);

  @Override
  String order() {
    return orderOrEmpty();
  }

  @Override
  StructField learned(StructType schema) {
    return SchemaCheck.column(schema, "labelCol", getLabelCol());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaCheck.sequences(schema, this);
    checkShared(schema);
    learned(schema);
    if (this instanceof WeightParams<?> weighted && isDefined(weighted.weightCol())) {
      SchemaCheck.column(schema, "weightCol", weighted.getWeightCol());
    }
    LearnedTask task = task(schema);
    SchemaCheck.read(task, roles(schema), schema, true);
    FitMessages.inParams(
        () -> {
          RecurrentStack stack = new FitPlans(this).stack(getBidirectional());
          task.task().check(stack, task.settings());
          return stack;
        });
    return SchemaCheck.with(schema, predicted(schema));
  }
}
