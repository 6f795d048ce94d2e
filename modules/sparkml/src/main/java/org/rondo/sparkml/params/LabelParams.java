package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What is learned.
 *
 * @param <S> the stage
 */
public interface LabelParams<S extends Params> extends RnnParams<S> {
  /** Column of what is learned. */
  default Param<String> labelCol() {
    return new Param<>(this, "labelCol", "column of what is learned");
  }

  /** Sets the defaults. */
  default void setLabelDefaults() {
    setDefault(labelCol(), "label");
  }

  default S setLabelCol(String value) {
    return with(labelCol(), value);
  }

  default String getLabelCol() {
    return getOrDefault(labelCol());
  }
}
