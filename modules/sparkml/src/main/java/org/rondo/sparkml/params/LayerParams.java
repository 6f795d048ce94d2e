package org.rondo.sparkml.params;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The recurrent layers.
 *
 * @param <S> the stage
 */
public interface LayerParams<S extends Params> extends RnnParams<S> {
  /** Hidden units per layer. */
  default IntParam hiddenSize() {
    return new IntParam(
        this,
        "hiddenSize",
        "hidden units per layer, and columns of the embedding",
        ParamValidators.gtEq(1));
  }

  /** Recurrent layers. */
  default IntParam numLayers() {
    return new IntParam(
        this,
        "numLayers",
        "recurrent layers, one above the other",
        ParamValidators.inRange(1, 1000));
  }

  /** Name of the recurrence. */
  default Param<String> cell() {
    return new Param<>(
        this,
        "cell",
        "recurrence: lstm, gru, vanilla, or a cell of a jar on the class path",
        ParamRules.cell());
  }

  /** Share of units dropped. */
  default DoubleParam dropout() {
    return new DoubleParam(
        this,
        "dropout",
        "share of units dropped between layers while training",
        ParamValidators.inRange(0, 1, true, false));
  }

  /** Sets the defaults. */
  default void setLayerDefaults() {
    setDefault(hiddenSize(), 128);
    setDefault(numLayers(), 2);
    setDefault(cell(), "lstm");
    setDefault(dropout(), 0.0);
  }

  default S setHiddenSize(int value) {
    return with(hiddenSize(), value);
  }

  default int getHiddenSize() {
    return (int) getOrDefault(hiddenSize());
  }

  default S setNumLayers(int value) {
    return with(numLayers(), value);
  }

  default int getNumLayers() {
    return (int) getOrDefault(numLayers());
  }

  default S setCell(String value) {
    return with(cell(), value);
  }

  default String getCell() {
    return getOrDefault(cell());
  }

  default S setDropout(double value) {
    return with(dropout(), value);
  }

  default double getDropout() {
    return (double) getOrDefault(dropout());
  }
}
