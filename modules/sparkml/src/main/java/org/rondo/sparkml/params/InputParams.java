package org.rondo.sparkml.params;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * What is read.
 *
 * @param <S> the stage
 */
public interface InputParams<S extends Params> extends InvalidParams<S> {
  /** Column of the sequences. */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "column of the sequences");
  }

  /** Rows at once. */
  default IntParam inferBatchSize() {
    return new IntParam(
        this,
        "inferBatchSize",
        "rows that transform predicts at once, at most: more are faster where rows are short, and take memory; decides the last bits",
        ParamValidators.inRange(1, 1_000_000));
  }

  /** Sets the defaults. */
  default void setInputDefaults() {
    setInvalidDefaults();
    setDefault(featuresCol(), "features");
    setDefault(inferBatchSize(), 32);
  }

  default S setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default S setInferBatchSize(int value) {
    return with(inferBatchSize(), value);
  }

  default int getInferBatchSize() {
    return (int) getOrDefault(inferBatchSize());
  }
}
