package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * What a tagger reads and writes beside its tokens and tags.
 *
 * @param <S> the stage
 */
public interface TaggerParams<S extends Params> extends RnnParams<S> {
  /** Further columns of tokens. */
  default StringArrayParam extraFeaturesCols() {
    return new StringArrayParam(
        this,
        "extraFeaturesCols",
        "further columns of tokens that say something of each token, such as its part of speech");
  }

  /** Column of the chunks. */
  default Param<String> spansCol() {
    return new Param<>(
        this,
        "spansCol",
        "column of the chunks that the tags mark, array<struct<begin, end, label, score>>: the first token, the one behind the last, the type, and the mean probability of the tags; by default none");
  }

  /** Sets the defaults. */
  default void setTaggerDefaults() {
    setDefault(extraFeaturesCols(), new String[0]);
  }

  default S setExtraFeaturesCols(String[] value) {
    return with(extraFeaturesCols(), value);
  }

  default String[] getExtraFeaturesCols() {
    return getOrDefault(extraFeaturesCols());
  }

  default S setSpansCol(String value) {
    return with(spansCol(), value);
  }

  /** Empty for none. */
  default String getSpansCol() {
    return isDefined(spansCol()) ? getOrDefault(spansCol()) : "";
  }
}
