package org.rondo.sparkml.params;

import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How the next token is predicted among many, and what it is predicted from.
 *
 * @param <S> the stage
 */
public interface SoftmaxParams<S extends Params> extends RnnParams<S> {
  /** Whether the weights of the softmax are those of the embedding. */
  default BooleanParam tied() {
    return new BooleanParam(
        this,
        "tied",
        "whether the weights of the softmax are those of the embedding, which saves as many parameters");
  }

  /** First tokens of the clusters of an adaptive softmax. */
  default IntArrayParam cutoffs() {
    return new IntArrayParam(
        this,
        "cutoffs",
        "numbers of tokens, lower ones of more frequent ones, at which the clusters of an adaptive softmax begin, such as 2000 and 10000, each predicted by fewer units; none: a full softmax; not beside tied",
        ParamRules.cutoffs());
  }

  /** Draws of a sampled softmax. */
  default IntParam samples() {
    return new IntParam(
        this,
        "samples",
        "tokens that are drawn for a minibatch and stand for the whole vocabulary in its softmax while training; 0: the full softmax; needs tied",
        ParamValidators.gtEq(0));
  }

  /** Where the hidden state becomes zero. */
  default Param<String> reset() {
    return new Param<>(
        this,
        "reset",
        "where the hidden state is set to zero: none, or document: behind each text, and each line of one",
        ParamValidators.inArray(List.of("none", "document")));
  }

  /** Sets the defaults. */
  default void setSoftmaxDefaults() {
    setDefault(tied(), false);
    setDefault(cutoffs(), new int[0]);
    setDefault(samples(), 0);
    setDefault(reset(), "none");
  }

  default S setTied(boolean value) {
    return with(tied(), value);
  }

  default boolean getTied() {
    return (boolean) getOrDefault(tied());
  }

  default S setCutoffs(int... value) {
    return with(cutoffs(), value);
  }

  default int[] getCutoffs() {
    return getOrDefault(cutoffs());
  }

  default S setSamples(int value) {
    return with(samples(), value);
  }

  default int getSamples() {
    return (int) getOrDefault(samples());
  }

  default S setReset(String value) {
    return with(reset(), value);
  }

  default String getReset() {
    return getOrDefault(reset());
  }
}
