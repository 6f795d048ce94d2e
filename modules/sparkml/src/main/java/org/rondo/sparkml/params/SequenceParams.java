package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.rondo.models.heads.Pooling;

/**
 * How a whole sequence is read and becomes one vector.
 *
 * @param <S> the stage
 */
public interface SequenceParams<S extends Params> extends TextParams<S> {
  /** How the steps of a sequence become one vector. */
  default Param<String> pooling() {
    return new Param<>(
        this,
        "pooling",
        "how the steps of a sequence become one vector: last, mean, max or attention",
        ParamValidators.inArray(Pooling.names()));
  }

  /** Sets the defaults. */
  default void setSequenceDefaults() {
    setTextDefaults();
    setDefault(pooling(), "last");
  }

  default S setPooling(String value) {
    return with(pooling(), value);
  }

  default String getPooling() {
    return getOrDefault(pooling());
  }
}
