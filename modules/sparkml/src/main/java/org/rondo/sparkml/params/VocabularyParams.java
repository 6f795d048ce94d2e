package org.rondo.sparkml.params;

import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How texts become ids.
 *
 * @param <S> the stage
 */
public interface VocabularyParams<S extends Params> extends RnnParams<S> {
  /** Tokens of the vocabulary. */
  default IntParam vocabSize() {
    return new IntParam(
        this,
        "vocabSize",
        "tokens of the vocabulary at most, the most frequent ones, the unknown one among them; 0: no limit",
        ParamRules.vocabularySize());
  }

  /** Least count of a known token. */
  default IntParam minCount() {
    return new IntParam(
        this,
        "minCount",
        "a token that the training rows have less often is unknown",
        ParamValidators.gtEq(1));
  }

  /** Whether letters are made small. */
  default BooleanParam lowercase() {
    return new BooleanParam(this, "lowercase", "whether letters are made small first");
  }

  /** Sets the defaults. */
  default void setVocabularyDefaults() {
    setDefault(vocabSize(), 0);
    setDefault(minCount(), 1);
    setDefault(lowercase(), true);
  }

  default S setVocabSize(int value) {
    return with(vocabSize(), value);
  }

  default int getVocabSize() {
    return (int) getOrDefault(vocabSize());
  }

  default S setMinCount(int value) {
    return with(minCount(), value);
  }

  default int getMinCount() {
    return (int) getOrDefault(minCount());
  }

  default S setLowercase(boolean value) {
    return with(lowercase(), value);
  }

  default boolean getLowercase() {
    return (boolean) getOrDefault(lowercase());
  }

  /** The keys of a task that has a vocabulary. */
  default Map<String, Object> vocabularyKeys() {
    return Map.of(
        "maximum_vocabulary", getVocabSize(),
        "minimum_count", getMinCount(),
        "lowercase", getLowercase());
  }
}
