package org.rondo.sparkml.params;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How transform predicts.
 *
 * @param <S> the stage
 */
public interface InferenceParams<S extends Params> extends RnnParams<S> {
  /** Rows at once. */
  default IntParam inferBatchSize() {
    return new IntParam(
        this,
        "inferBatchSize",
        "rows that transform predicts at once, at most: more are faster where rows are short, and take memory; decides the last bits",
        ParamValidators.inRange(1, 1_000_000));
  }

  /** Sets the defaults. */
  default void setInferenceDefaults() {
    setDefault(inferBatchSize(), 32);
  }

  default S setInferBatchSize(int value) {
    return with(inferBatchSize(), value);
  }

  default int getInferBatchSize() {
    return (int) getOrDefault(inferBatchSize());
  }
}
