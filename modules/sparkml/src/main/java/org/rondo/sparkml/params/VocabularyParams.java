package org.rondo.sparkml.params;

import java.util.Map;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How texts become ids.
 *
 * @param <S> the stage
 */
public interface VocabularyParams<S extends Params> extends LetterParams<S> {
  /** Tokens of the vocabulary. */
  default IntParam vocabSize() {
    return new IntParam(
        this,
        "vocabSize",
        "tokens of the vocabulary at most, the most frequent ones, the unknown one among them; 0: no limit; unused beside initialModel",
        ParamRules.vocabularySize());
  }

  /** Least count of a known token. */
  default IntParam minCount() {
    return new IntParam(
        this,
        "minCount",
        "a token that the training rows have less often is unknown; unused beside initialModel",
        ParamValidators.gtEq(1));
  }

  /** Sets the defaults. */
  default void setVocabularyDefaults() {
    setLetterDefaults();
    setDefault(vocabSize(), 0);
    setDefault(minCount(), 1);
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

  /** The keys of a task that has a vocabulary. */
  default Map<String, Object> vocabularyKeys() {
    return Map.of(
        "maximum_vocabulary", getVocabSize(),
        "minimum_count", getMinCount(),
        "lowercase", getLowercase());
  }
}
