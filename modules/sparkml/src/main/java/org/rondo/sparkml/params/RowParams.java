package org.rondo.sparkml.params;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * Which rows are learned, and where fits keep what they work on.
 *
 * @param <S> the stage
 */
public interface RowParams<S extends Params> extends RnnParams<S> {
  /** Column that marks the rows that validate. */
  default Param<String> validationIndicatorCol() {
    return new Param<>(
        this,
        "validationIndicatorCol",
        "boolean column that is true in rows that validate and are not learned; by default validationFraction of the rows do");
  }

  /** Share of the rows that validate. */
  default DoubleParam validationFraction() {
    return new DoubleParam(
        this,
        "validationFraction",
        "share of the rows that validate: drawn by a hash of each row and the seed, with orderCol the last ones, of each series its last steps; unused beside validationIndicatorCol",
        ParamValidators.inRange(0, 1, false, false));
  }

  /** Folder of prepared rows and checkpoints. */
  default Param<String> checkpointDir() {
    return new Param<>(
        this,
        "checkpointDir",
        "folder, reached by all executors, of prepared rows and checkpoints: a fit that died goes on from there when it is repeated; by default a temporary one");
  }

  /** Epochs between checkpoints. */
  default IntParam checkpointInterval() {
    return new IntParam(
        this,
        "checkpointInterval",
        "epochs between two checkpoints to go on from; -1: at the end alone",
        ParamRules.interval());
  }

  /** Sets the defaults. */
  default void setRowDefaults() {
    setDefault(validationFraction(), 0.1);
    setDefault(checkpointInterval(), 10);
  }

  default S setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  default S setValidationFraction(double value) {
    return with(validationFraction(), value);
  }

  default double getValidationFraction() {
    return (double) getOrDefault(validationFraction());
  }

  default S setCheckpointDir(String value) {
    return with(checkpointDir(), value);
  }

  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  default S setCheckpointInterval(int value) {
    return with(checkpointInterval(), value);
  }

  default int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval());
  }
}
