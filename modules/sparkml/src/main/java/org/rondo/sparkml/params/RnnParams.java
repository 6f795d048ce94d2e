package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Params whose setters return the stage itself. A Param is made anew by each call of its method:
 * Params of equal parent and name are equal.
 *
 * @param <S> the stage
 */
public interface RnnParams<S extends Params> extends Params {
  /** This stage with one Param set. */
  @SuppressWarnings("unchecked") // S is the class that implements this
  default <T> S with(Param<T> param, T value) {
    set(param, value);
    return (S) this;
  }
}
