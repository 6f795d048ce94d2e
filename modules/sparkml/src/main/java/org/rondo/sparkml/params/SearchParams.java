package org.rondo.sparkml.params;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How a translation is searched for, and what is told of it. A fitted model may be given others
 * than its estimator had.
 *
 * @param <S> the stage
 */
public interface SearchParams<S extends Params> extends RnnParams<S> {
  /** Width of the search. */
  default IntParam beamSize() {
    return new IntParam(
        this,
        "beamSize",
        "translations that the search keeps side by side; 1: the likeliest token of every step",
        ParamValidators.inRange(1, 1000));
  }

  /** What length is worth. */
  default DoubleParam lengthPenalty() {
    return new DoubleParam(
        this,
        "lengthPenalty",
        "how much a long translation is worth more than the sum of its logarithms says (alpha of Wu et al. 2016); 0: nothing",
        ParamValidators.inRange(0, 10));
  }

  /** What it costs to leave tokens out. */
  default DoubleParam coveragePenalty() {
    return new DoubleParam(
        this,
        "coveragePenalty",
        "how much it costs to look at some tokens of the source too little (beta of Wu et al. 2016); 0: nothing",
        ParamValidators.inRange(0, 10));
  }

  /** Whether unknown tokens are replaced. */
  default BooleanParam replaceUnknown() {
    return new BooleanParam(
        this,
        "replaceUnknown",
        "whether the unknown token of a translation is replaced by the token of the source that the decoder looked at most");
  }

  /** What becomes of rows that are too long. */
  default Param<String> longRows() {
    return new Param<>(
        this,
        "longRows",
        "what becomes of rows that are too long: refuse, or cut: their first tokens are kept",
        ParamValidators.inArray(List.of("refuse", "cut")));
  }

  /** Translations that are told. */
  default IntParam numTranslations() {
    return new IntParam(
        this,
        "numTranslations",
        "translations of a row that translationsCol holds, the best ones; at most beamSize",
        ParamValidators.inRange(1, 1000));
  }

  /** Column of several translations. */
  default Param<String> translationsCol() {
    return new Param<>(
        this,
        "translationsCol",
        "column of the best translations, array<struct<translation, score>>, best first; by default none");
  }

  /** Column of what was looked at. */
  default Param<String> attentionCol() {
    return new Param<>(
        this,
        "attentionCol",
        "column of what the decoder looked at, struct<source, target, weights>: the tokens of both sides, and for each token of the target the weights of those of the source; by default none");
  }

  /**
   * Sets the defaults.
   *
   * @param rows what becomes of long ones
   */
  default void setSearchDefaults(String rows) {
    setDefault(longRows(), rows);
    setDefault(beamSize(), 5);
    setDefault(lengthPenalty(), 0.6);
    setDefault(coveragePenalty(), 0.0);
    setDefault(replaceUnknown(), true);
    setDefault(numTranslations(), 1);
  }

  default S setBeamSize(int value) {
    return with(beamSize(), value);
  }

  default int getBeamSize() {
    return (int) getOrDefault(beamSize());
  }

  default S setLengthPenalty(double value) {
    return with(lengthPenalty(), value);
  }

  default double getLengthPenalty() {
    return (double) getOrDefault(lengthPenalty());
  }

  default S setCoveragePenalty(double value) {
    return with(coveragePenalty(), value);
  }

  default double getCoveragePenalty() {
    return (double) getOrDefault(coveragePenalty());
  }

  default S setReplaceUnknown(boolean value) {
    return with(replaceUnknown(), value);
  }

  default boolean getReplaceUnknown() {
    return (boolean) getOrDefault(replaceUnknown());
  }

  default S setLongRows(String value) {
    return with(longRows(), value);
  }

  default String getLongRows() {
    return getOrDefault(longRows());
  }

  default S setNumTranslations(int value) {
    return with(numTranslations(), value);
  }

  default int getNumTranslations() {
    return (int) getOrDefault(numTranslations());
  }

  default S setTranslationsCol(String value) {
    return with(translationsCol(), value);
  }

  /** Empty for none. */
  default String getTranslationsCol() {
    return isDefined(translationsCol()) ? getOrDefault(translationsCol()) : "";
  }

  default S setAttentionCol(String value) {
    return with(attentionCol(), value);
  }

  /** Empty for none. */
  default String getAttentionCol() {
    return isDefined(attentionCol()) ? getOrDefault(attentionCol()) : "";
  }

  /** The keys of the task that say how a trained network is asked. */
  default Map<String, Object> searchKeys() {
    var keys = new HashMap<String, Object>();
    keys.put("long_rows", getLongRows());
    keys.put("beam", getBeamSize());
    keys.put("length_penalty", getLengthPenalty());
    keys.put("coverage_penalty", getCoveragePenalty());
    keys.put("replace_unknown", getReplaceUnknown());
    keys.put("best", getTranslationsCol().isEmpty() ? 1 : getNumTranslations());
    keys.put("show_attention", !getAttentionCol().isEmpty());
    return keys;
  }
}
