package org.rondo.sparkml.params;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The recurrent layers of a network over whole sequences.
 *
 * @param <S> the stage
 */
public interface NetworkParams<S extends Params> extends LayerParams<S> {
  /** Whether layers read both ways. */
  default BooleanParam bidirectional() {
    return new BooleanParam(
        this,
        "bidirectional",
        "whether each layer also reads from the end to the start; refused by RnnAnomalyDetector, and by RnnForecaster with windows = carried");
  }

  /** Whose layers the network begins with. */
  default Param<String> initialModel() {
    return new Param<>(
        this,
        "initialModel",
        "run, checkpoint or saved RnnLanguageModel whose vocabulary, embedding and recurrent layers the network begins with: for RnnClassifier, RnnRegressor and RnnTagger over tokens; its vocabulary decides in the place of vocabSize, minCount, lowercase and characters");
  }

  /** Sets the defaults. */
  default void setNetworkDefaults() {
    setLayerDefaults();
    setDefault(bidirectional(), false);
  }

  default S setBidirectional(boolean value) {
    return with(bidirectional(), value);
  }

  default boolean getBidirectional() {
    return (boolean) getOrDefault(bidirectional());
  }

  default S setInitialModel(String value) {
    return with(initialModel(), value);
  }

  default String getInitialModel() {
    return getOrDefault(initialModel());
  }
}
