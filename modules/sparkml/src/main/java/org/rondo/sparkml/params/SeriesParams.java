package org.rondo.sparkml.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The columns of a table of series, each row of which is one step of one series.
 *
 * @param <S> the stage
 */
public interface SeriesParams<S extends Params> extends RnnParams<S> {
  /** Column of the series. */
  default Param<String> idCol() {
    return new Param<>(
        this,
        "idCol",
        "column that tells which series a row is of; unless it is set, rows without it are one series");
  }

  /** Column of the times. */
  default Param<String> timeCol() {
    return new Param<>(
        this,
        "timeCol",
        "column of the time of each row: a timestamp, a date, a text or a whole number");
  }

  /** Columns of the values. */
  default StringArrayParam targetCols() {
    return new StringArrayParam(
        this, "targetCols", "columns that are forecast, numbers; the channels of a series");
  }

  /** Sets the defaults. */
  default void setSeriesDefaults() {
    setDefault(idCol(), "unique_id");
    setDefault(timeCol(), "ds");
    setDefault(targetCols(), new String[] {"y"});
  }

  default S setIdCol(String value) {
    return with(idCol(), value);
  }

  default String getIdCol() {
    return getOrDefault(idCol());
  }

  default S setTimeCol(String value) {
    return with(timeCol(), value);
  }

  default String getTimeCol() {
    return getOrDefault(timeCol());
  }

  default S setTargetCols(String[] value) {
    return with(targetCols(), value);
  }

  default String[] getTargetCols() {
    return getOrDefault(targetCols());
  }
}
