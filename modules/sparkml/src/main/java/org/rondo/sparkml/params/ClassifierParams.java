package org.rondo.sparkml.params;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What a classifier writes beside its prediction.
 *
 * @param <S> the stage
 */
public interface ClassifierParams<S extends Params> extends RnnParams<S> {
  /** Column of log-probabilities. */
  default Param<String> rawPredictionCol() {
    return new Param<>(
        this, "rawPredictionCol", "column of the logarithms of the probabilities; empty for none");
  }

  /** Column of probabilities. */
  default Param<String> probabilityCol() {
    return new Param<>(
        this, "probabilityCol", "column of the probabilities of all labels; empty for none");
  }

  /** Thresholds of the labels. */
  default DoubleArrayParam thresholds() {
    return new DoubleArrayParam(
        this,
        "thresholds",
        "of each label; the label of the largest probability / threshold is predicted",
        ParamRules.thresholds());
  }

  /** Sets the defaults. */
  default void setClassifierDefaults() {
    setDefault(rawPredictionCol(), "rawPrediction");
    setDefault(probabilityCol(), "probability");
  }

  default S setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  default S setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  default S setThresholds(double[] value) {
    return with(thresholds(), value);
  }

  default double[] getThresholds() {
    return getOrDefault(thresholds());
  }
}
