package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Params;

/**
 * What every estimator of a network is told.
 *
 * @param <S> the stage
 */
public interface EstimatorParams<S extends Params>
    extends InvalidParams<S>, RowParams<S>, LayerParams<S>, TrainingParams<S> {
  /** Sets the defaults. */
  default void setEstimatorDefaults() {
    setInvalidDefaults();
    setRowDefaults();
    setLayerDefaults();
    setTrainingDefaults();
  }
}
