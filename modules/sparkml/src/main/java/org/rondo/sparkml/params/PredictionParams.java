package org.rondo.sparkml.params;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * What a model reads and writes.
 *
 * @param <S> the stage
 */
public interface PredictionParams<S extends Params> extends RnnParams<S> {
  /** Column of the sequences. */
  default Param<String> featuresCol() {
    return new Param<>(this, "featuresCol", "column of the sequences");
  }

  /** Column of the predictions. */
  default Param<String> predictionCol() {
    return new Param<>(this, "predictionCol", "column of the predictions");
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
  default void setPredictionDefaults() {
    setDefault(featuresCol(), "features");
    setDefault(predictionCol(), "prediction");
    setDefault(handleInvalid(), "error");
  }

  default S setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default S setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  default S setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }
}
