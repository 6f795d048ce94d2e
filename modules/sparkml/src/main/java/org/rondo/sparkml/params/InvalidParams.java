package org.rondo.sparkml.params;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * Rows that cannot be used.
 *
 * @param <S> the stage
 */
public interface InvalidParams<S extends Params> extends RnnParams<S> {
  /** What becomes of rows that cannot be used. */
  default Param<String> handleInvalid() {
    return new Param<>(
        this,
        "handleInvalid",
        "what becomes of rows that cannot be used: error, skip (they are left out) or keep (they are not learned, and have no prediction)",
        ParamValidators.inArray(List.of("error", "skip", "keep")));
  }

  /** Sets the defaults. */
  default void setInvalidDefaults() {
    setDefault(handleInvalid(), "error");
  }

  default S setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
