package org.rondo.sparkml.params;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.rondo.models.heads.Pooling;

/**
 * How a whole sequence is read and becomes one vector.
 *
 * @param <S> the stage
 */
public interface SequenceParams<S extends Params> extends VocabularyParams<S> {
  /** How the steps of a sequence become one vector. */
  default Param<String> pooling() {
    return new Param<>(
        this,
        "pooling",
        "how the steps of a sequence become one vector: last, mean, max or attention",
        ParamValidators.inArray(Pooling.names()));
  }

  /** Whether a text is read by characters. */
  default BooleanParam characters() {
    return new BooleanParam(
        this, "characters", "whether a text is read by its characters, not by words and marks");
  }

  /** Sets the defaults. */
  default void setSequenceDefaults() {
    setVocabularyDefaults();
    setDefault(pooling(), "last");
    setDefault(characters(), false);
  }

  default S setPooling(String value) {
    return with(pooling(), value);
  }

  default String getPooling() {
    return getOrDefault(pooling());
  }

  default S setCharacters(boolean value) {
    return with(characters(), value);
  }

  default boolean getCharacters() {
    return (boolean) getOrDefault(characters());
  }
}
