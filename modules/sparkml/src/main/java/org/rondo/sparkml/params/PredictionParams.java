package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What a model reads and writes.
 *
 * @param <S> the stage
 */
public interface PredictionParams<S extends Params> extends InputParams<S> {
  /** Column of the predictions. */
  default Param<String> predictionCol() {
    return new Param<>(this, "predictionCol", "column of the predictions");
  }

  /** Sets the defaults. */
  default void setPredictionDefaults() {
    setInputDefaults();
    setDefault(predictionCol(), "prediction");
  }

  default S setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }
}
