package org.rondo.sparkml.params;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.rondo.models.heads.Pooling;

/**
 * How a whole sequence is read and becomes one vector.
 *
 * @param <S> the stage
 */
public interface SequenceParams<S extends Params> extends TextParams<S> {
  /** How the steps of a sequence become one vector. */
  default Param<String> pooling() {
    return new Param<>(
        this,
        "pooling",
        "how the steps of a sequence become one vector: last, mean, max or attention; unused with perStep",
        ParamValidators.inArray(Pooling.names()));
  }

  /** Steps that are kept of a longer sequence. */
  default IntParam maximumLength() {
    return new IntParam(
        this,
        "maximumLength",
        "steps that are kept of a longer sequence; 0: all",
        ParamValidators.gtEq(0));
  }

  /** Which steps are kept. */
  default Param<String> keep() {
    return new Param<>(
        this,
        "keep",
        "which steps of a longer sequence are kept: first, last or ends: the first half and the last half",
        ParamValidators.inArray(List.of("first", "last", "ends")));
  }

  /** Sets the defaults. */
  default void setSequenceDefaults() {
    setTextDefaults();
    setDefault(pooling(), "last");
    setDefault(maximumLength(), 0);
    setDefault(keep(), "first");
  }

  /** The keys of a task that these Params stand for. */
  default Map<String, Object> sequenceKeys() {
    var keys = new HashMap<String, Object>(vocabularyKeys());
    keys.put("pooling", getPooling());
    keys.put("maximum_length", getMaximumLength());
    keys.put("keep", getKeep());
    return keys;
  }

  default S setMaximumLength(int value) {
    return with(maximumLength(), value);
  }

  default int getMaximumLength() {
    return (int) getOrDefault(maximumLength());
  }

  default S setKeep(String value) {
    return with(keep(), value);
  }

  default String getKeep() {
    return getOrDefault(keep());
  }

  default S setPooling(String value) {
    return with(pooling(), value);
  }

  default String getPooling() {
    return getOrDefault(pooling());
  }
}
