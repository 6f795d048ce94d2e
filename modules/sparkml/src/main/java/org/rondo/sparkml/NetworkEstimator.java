package org.rondo.sparkml;

import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.sparkml.params.EstimatorParams;
import org.rondo.sparkml.params.TrainingParams;
import org.rondo.sparkml.schema.SchemaCheck;

/**
 * Trains a recurrent network on the session's executors. The result is bit-identical whatever the
 * partitions of the rows and the cluster; see {@link TrainingParams#numWorkers}.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
public abstract class NetworkEstimator<E extends NetworkEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements EstimatorParams<E>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  NetworkEstimator(String uid) {
    this.uid = uid;
    setEstimatorDefaults();
  }

  @Override
  public String uid() {
    return uid;
  }

  /** What every estimator checks of its Params and columns, before any job. */
  void checkShared(StructType schema) {
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
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
