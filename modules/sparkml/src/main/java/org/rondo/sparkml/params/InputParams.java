package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What is read.
 *
 * @param <S> the stage
 */
public interface InputParams<S extends Params> extends InvalidParams<S>, InferenceParams<S> {
  /** Column of the sequences. */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "column of the sequences");
  }

  /** Sets the defaults. */
  default void setInputDefaults() {
    setInvalidDefaults();
    setDefault(featuresCol(), "features");
    setInferenceDefaults();
  }

  default S setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }
}
