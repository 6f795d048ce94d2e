package org.rondo.sparkml.params;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Params;

/**
 * How letters are read.
 *
 * @param <S> the stage
 */
public interface LetterParams<S extends Params> extends RnnParams<S> {
  /** Whether letters are made small. */
  default BooleanParam lowercase() {
    return new BooleanParam(this, "lowercase", "whether letters are made small first");
  }

  /** Sets the defaults. */
  default void setLetterDefaults() {
    setDefault(lowercase(), true);
  }

  default S setLowercase(boolean value) {
    return with(lowercase(), value);
  }

  default boolean getLowercase() {
    return (boolean) getOrDefault(lowercase());
  }
}
