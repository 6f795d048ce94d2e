package org.rondo.sparkml.params;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * What is read.
 *
 * @param <S> the stage
 */
public interface InputParams<S extends Params> extends RnnParams<S> {
  /** Column of the sequences. */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "column of the sequences");
  }

  /** What becomes of rows that cannot be used. */
  default Param<String> handleInvalid() {
    return new Param<>(
        this,
        "handleInvalid",
        "what becomes of rows that cannot be used: error, skip (they are left out) or keep (they are not learned, and have no prediction)",
        ParamValidators.inArray(List.of("error", "skip", "keep")));
  }

  /** Sets the defaults. */
  default void setInputDefaults() {
    setDefault(featuresCol(), "features");
    setDefault(handleInvalid(), "error");
  }

  default S setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default S setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
