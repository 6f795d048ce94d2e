package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * What a language model writes.
 *
 * @param <S> the stage
 */
public interface LanguageParams<S extends Params> extends RnnParams<S> {
  /** Column of losses. */
  default Param<String> lossCol() {
    return new Param<>(
        this, "lossCol", "column of the mean loss per token of each text, in nats; empty for none");
  }

  /** Column of perplexities. */
  default Param<String> perplexityCol() {
    return new Param<>(
        this, "perplexityCol", "column of the perplexity of each text, exp(loss); empty for none");
  }

  /** Sets the defaults. */
  default void setLanguageDefaults() {
    setDefault(lossCol(), "loss");
    setDefault(perplexityCol(), "perplexity");
  }

  default S setLossCol(String value) {
    return with(lossCol(), value);
  }

  default String getLossCol() {
    return getOrDefault(lossCol());
  }

  default S setPerplexityCol(String value) {
    return with(perplexityCol(), value);
  }

  default String getPerplexityCol() {
    return getOrDefault(perplexityCol());
  }
}
