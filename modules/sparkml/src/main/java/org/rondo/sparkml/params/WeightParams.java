package org.rondo.sparkml.params;

import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * How much rows count among those that are learned.
 *
 * @param <S> the stage
 */
public interface WeightParams<S extends Params> extends RnnParams<S> {
  /** Column of the weights of rows. */
  default Param<String> weightCol() {
    return new Param<>(
        this,
        "weightCol",
        "column of the weights of rows, numbers at least 0: a row of weight 2 counts in the loss as two equal rows do; by default all rows count the same");
  }

  default S setWeightCol(String value) {
    return with(weightCol(), value);
  }

  default String getWeightCol() {
    return getOrDefault(weightCol());
  }

  /** Adds the column to those that the task reads, if there is one. */
  default void addWeight(Map<String, String> roles) {
    if (isDefined(weightCol())) {
      roles.put("weight", getWeightCol());
    }
  }
}
