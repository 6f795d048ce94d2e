package org.rondo.sparkml.params;

import java.util.Map;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How a transcript is searched for. A fitted model may be given others than its estimator had.
 *
 * @param <S> the stage
 */
public interface SpeechSearchParams<S extends Params> extends RnnParams<S> {
  /** Width of the search. */
  default IntParam beam() {
    return new IntParam(
        this,
        "beam",
        "prefixes that the search for a transcript keeps; 0: the best symbol of every step, which is faster",
        ParamValidators.inRange(0, 10_000));
  }

  /** What helps to find transcripts. */
  default Param<String> languageModel() {
    return new Param<>(
        this,
        "languageModel",
        "folder of a language model over the same symbols which helps to find transcripts, a saved RnnLanguageModelModel or the output of a run; needs a beam; empty for none");
  }

  /** How much that decides. */
  default DoubleParam languageModelWeight() {
    return new DoubleParam(
        this,
        "languageModelWeight",
        "how much the language model decides beside the sound",
        ParamValidators.inRange(0, 100));
  }

  /** What length is worth. */
  default DoubleParam lengthBonus() {
    return new DoubleParam(
        this,
        "lengthBonus",
        "what a symbol more is worth where a language model helps",
        ParamValidators.inRange(-100, 100));
  }

  /**
   * Sets the defaults.
   *
   * @param beam that of the stage
   */
  default void setSpeechSearchDefaults(int beam) {
    setDefault(beam(), beam);
    setDefault(languageModel(), "");
    setDefault(languageModelWeight(), 0.5);
    setDefault(lengthBonus(), 0.0);
  }

  default S setBeam(int value) {
    return with(beam(), value);
  }

  default int getBeam() {
    return (int) getOrDefault(beam());
  }

  default S setLanguageModel(String value) {
    return with(languageModel(), value);
  }

  default String getLanguageModel() {
    return getOrDefault(languageModel());
  }

  default S setLanguageModelWeight(double value) {
    return with(languageModelWeight(), value);
  }

  default double getLanguageModelWeight() {
    return (double) getOrDefault(languageModelWeight());
  }

  default S setLengthBonus(double value) {
    return with(lengthBonus(), value);
  }

  default double getLengthBonus() {
    return (double) getOrDefault(lengthBonus());
  }

  /** The keys of the task that say how a trained network is asked. */
  default Map<String, Object> speechSearchKeys() {
    return Map.of(
        "beam", getBeam(),
        "language_model", getLanguageModel(),
        "language_model_weight", getLanguageModelWeight(),
        "length_bonus", getLengthBonus());
  }
}
