package org.rondo.sparkml.params;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Params;

/**
 * How a text becomes tokens.
 *
 * @param <S> the stage
 */
public interface TextParams<S extends Params> extends VocabularyParams<S> {
  /** Whether a text is read by characters. */
  default BooleanParam characters() {
    return new BooleanParam(
        this,
        "characters",
        "whether a text is read by its characters, not by words and marks; unused beside initialModel");
  }

  /** Sets the defaults. */
  default void setTextDefaults() {
    setVocabularyDefaults();
    setDefault(characters(), false);
  }

  default S setCharacters(boolean value) {
    return with(characters(), value);
  }

  default boolean getCharacters() {
    return (boolean) getOrDefault(characters());
  }
}
