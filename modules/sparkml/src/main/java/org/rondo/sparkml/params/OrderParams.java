package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * In which order rows are read.
 *
 * @param <S> the stage
 */
public interface OrderParams<S extends Params> extends RnnParams<S> {
  /** Column that rows are ordered by. */
  default Param<String> orderCol() {
    return new Param<>(
        this,
        "orderCol",
        "column that rows are ordered by before they are cut and prepared, so that the last ones validate; by default a hash of each row and the seed orders them");
  }

  default S setOrderCol(String value) {
    return with(orderCol(), value);
  }

  default String getOrderCol() {
    return getOrDefault(orderCol());
  }

  /** The column, empty where a hash orders them. */
  default String orderOrEmpty() {
    return isDefined(orderCol()) ? getOrderCol() : "";
  }
}
