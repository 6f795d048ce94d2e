package org.rondo.sparkml.params;

import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * How values and times of series become inputs, and steps minibatches, whatever is learned of them.
 *
 * @param <S> the stage
 */
public interface ScaleParams<S extends Params> extends RnnParams<S> {
  /** Steps between updates. */
  default IntParam unroll() {
    return new IntParam(
        this,
        "unroll",
        "steps of a series between two updates of the parameters, over which the state is carried",
        ParamValidators.gtEq(1));
  }

  /** How values are scaled. */
  default Param<String> scaler() {
    return new Param<>(
        this,
        "scaler",
        "how values are scaled by the training steps: none, standard, robust or minmax",
        ParamValidators.inArray(List.of("none", "standard", "robust", "minmax")));
  }

  /** What has a scale of its own. */
  default Param<String> scaleOver() {
    return new Param<>(
        this,
        "scaleOver",
        "whether every series has a scale of its own, or all have one, column by column: series or all",
        ParamValidators.inArray(List.of("series", "all")));
  }

  /** Inputs of the time. */
  default Param<String> calendar() {
    return new Param<>(
        this,
        "calendar",
        "inputs of the time of each step, between commas: minute, hour, day_of_week, day_of_month,"
            + " day_of_year, week, month; with _sin or _cos as sine or cosine");
  }

  /** Sets the defaults. */
  default void setScaleDefaults() {
    setDefault(unroll(), 100);
    setDefault(scaler(), "standard");
    setDefault(scaleOver(), "series");
    setDefault(calendar(), "");
  }

  default S setUnroll(int value) {
    return with(unroll(), value);
  }

  default int getUnroll() {
    return (int) getOrDefault(unroll());
  }

  default S setScaler(String value) {
    return with(scaler(), value);
  }

  default String getScaler() {
    return getOrDefault(scaler());
  }

  default S setScaleOver(String value) {
    return with(scaleOver(), value);
  }

  default String getScaleOver() {
    return getOrDefault(scaleOver());
  }

  default S setCalendar(String value) {
    return with(calendar(), value);
  }

  default String getCalendar() {
    return getOrDefault(calendar());
  }
}
