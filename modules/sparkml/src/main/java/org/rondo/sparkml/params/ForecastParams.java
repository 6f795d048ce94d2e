package org.rondo.sparkml.params;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.rondo.evaluation.forecasts.IntervalLevels;

/**
 * How series are cut into windows and what of them is learned. Params have the names of the keys of
 * the task {@code forecasting}, but for {@code unroll}, which is for carried windows.
 *
 * @param <S> the stage
 */
public interface ForecastParams<S extends Params> extends ScaleParams<S> {
  /** The loss that learns intervals. */
  String QUANTILE = "quantile";

  /** Windows of which none is cut. */
  String CARRIED = "carried";

  /** Steps that are forecast. */
  default IntParam horizon() {
    return new IntParam(
        this,
        "horizon",
        "steps that are forecast, all at once",
        ParamValidators.inRange(1, 100_000));
  }

  /** Known steps that are read. */
  default IntParam inputSize() {
    return new IntParam(
        this,
        "inputSize",
        "known steps before them that the network reads; -1: three times the horizon");
  }

  /** How they are learned. */
  default Param<String> windows() {
    return new Param<>(
        this,
        "windows",
        "sampled: windows in an order of their own; or carried: the state is carried along each"
            + " series, unroll steps between two updates, and every step forecasts",
        ParamValidators.inArray(List.of("sampled", CARRIED)));
  }

  /** Whether channels are series. */
  default BooleanParam perChannel() {
    return new BooleanParam(
        this,
        "perChannel",
        "whether each target column of each series is a series of its own; one network learns them"
            + " all");
  }

  /** Steps side by side. */
  default IntParam segment() {
    return new IntParam(
        this,
        "segment",
        "steps of a window side by side in one step of the network; must divide inputSize",
        ParamValidators.gtEq(1));
  }

  /** Columns that do not change. */
  default StringArrayParam staticCols() {
    return new StringArrayParam(
        this, "staticCols", "columns of numbers that are the same at every step of a series");
  }

  /** Columns of the past. */
  default StringArrayParam histExogCols() {
    return new StringArrayParam(
        this, "histExogCols", "columns of numbers that are known of the past and help to forecast");
  }

  /** Columns of the future. */
  default StringArrayParam futrExogCols() {
    return new StringArrayParam(
        this,
        "futrExogCols",
        "columns of numbers that are known of the steps to forecast too: transform needs rows of"
            + " these, without targets");
  }

  /** Time between two steps. */
  default Param<String> frequency() {
    return new Param<>(
        this,
        "frequency",
        "time between two steps: 15min, 1h, 1d, 1w, 1mo, a whole number; auto: as the series shows;"
            + " rows: each row is a step");
  }

  /** What becomes of missing values. */
  default Param<String> missing() {
    return new Param<>(
        this,
        "missing",
        "values and steps that are missing: refuse, or previous: the last known value stands there",
        ParamValidators.inArray(List.of("refuse", "previous")));
  }

  /** Steps of a season. */
  default IntParam season() {
    return new IntParam(
        this,
        "season",
        "steps after which a series repeats itself, for the seasonal naive forecast that scores are"
            + " compared with; 0: none",
        ParamValidators.gtEq(0));
  }

  /** What becomes small. */
  default Param<String> loss() {
    return new Param<>(
        this,
        "loss",
        "what the network learns to make small: mse, mae, huber, or quantile: the median and the"
            + " ends of each interval of level",
        ParamValidators.inArray(List.of("mse", "mae", "huber", QUANTILE)));
  }

  /** Levels of intervals. */
  default IntArrayParam level() {
    return new IntArrayParam(
        this,
        "level",
        "levels of intervals around forecasts, in percent, such as 80 and 95: learned with loss ="
            + " quantile, else as wide as the errors on the validation windows say",
        ParamRules.levels());
  }

  /** Steps that are kept. */
  default IntParam holdOut() {
    return new IntParam(
        this,
        "holdOut",
        "steps at the end of each series that are neither learned nor validated; a"
            + " RollingOriginValidator sets it",
        ParamValidators.gtEq(0));
  }

  /** Sets the defaults. */
  default void setForecastDefaults() {
    setDefault(horizon(), 24);
    setDefault(inputSize(), -1);
    setDefault(windows(), "sampled");
    setDefault(perChannel(), false);
    setDefault(segment(), 1);
    setScaleDefaults();
    setDefault(staticCols(), new String[0]);
    setDefault(histExogCols(), new String[0]);
    setDefault(futrExogCols(), new String[0]);
    setDefault(frequency(), "auto");
    setDefault(missing(), "refuse");
    setDefault(season(), 0);
    setDefault(loss(), "mse");
    setDefault(level(), new int[0]);
    setDefault(holdOut(), 0);
  }

  default S setHorizon(int value) {
    return with(horizon(), value);
  }

  default int getHorizon() {
    return (int) getOrDefault(horizon());
  }

  default S setInputSize(int value) {
    return with(inputSize(), value);
  }

  default int getInputSize() {
    return (int) getOrDefault(inputSize());
  }

  default S setWindows(String value) {
    return with(windows(), value);
  }

  default String getWindows() {
    return getOrDefault(windows());
  }

  default S setPerChannel(boolean value) {
    return with(perChannel(), value);
  }

  default boolean getPerChannel() {
    return (boolean) getOrDefault(perChannel());
  }

  default S setSegment(int value) {
    return with(segment(), value);
  }

  default int getSegment() {
    return (int) getOrDefault(segment());
  }

  default S setStaticCols(String[] value) {
    return with(staticCols(), value);
  }

  default String[] getStaticCols() {
    return getOrDefault(staticCols());
  }

  default S setHistExogCols(String[] value) {
    return with(histExogCols(), value);
  }

  default String[] getHistExogCols() {
    return getOrDefault(histExogCols());
  }

  default S setFutrExogCols(String[] value) {
    return with(futrExogCols(), value);
  }

  default String[] getFutrExogCols() {
    return getOrDefault(futrExogCols());
  }

  default S setFrequency(String value) {
    return with(frequency(), value);
  }

  default String getFrequency() {
    return getOrDefault(frequency());
  }

  default S setMissing(String value) {
    return with(missing(), value);
  }

  default String getMissing() {
    return getOrDefault(missing());
  }

  default S setSeason(int value) {
    return with(season(), value);
  }

  default int getSeason() {
    return (int) getOrDefault(season());
  }

  default S setLoss(String value) {
    return with(loss(), value);
  }

  default String getLoss() {
    return getOrDefault(loss());
  }

  default S setLevel(int[] value) {
    return with(level(), value);
  }

  default int[] getLevel() {
    return getOrDefault(level());
  }

  default S setHoldOut(int value) {
    return with(holdOut(), value);
  }

  default int getHoldOut() {
    return (int) getOrDefault(holdOut());
  }

  /** Levels, rising. */
  default List<Integer> levels() {
    return Arrays.stream(getLevel()).sorted().boxed().toList();
  }

  /** Whether the network learns the ends of the intervals. */
  default boolean learnsIntervals() {
    return getLoss().equals(QUANTILE);
  }

  /** The keys of the task. */
  default Map<String, Object> forecastKeys() {
    var keys = new HashMap<String, Object>();
    keys.put("horizon", getHorizon());
    keys.put("input_size", getInputSize());
    keys.put("windows", getWindows());
    keys.put("per_channel", getPerChannel());
    keys.put("segment", getSegment());
    keys.put("scaler", getScaler());
    keys.put("scale_over", getScaleOver());
    keys.put("calendar", getCalendar());
    keys.put("static_cols", String.join(",", getStaticCols()));
    keys.put("hist_exog_cols", String.join(",", getHistExogCols()));
    keys.put("futr_exog_cols", String.join(",", getFutrExogCols()));
    keys.put("frequency", getFrequency());
    keys.put("missing", getMissing());
    keys.put("season", getSeason());
    keys.put("loss", getLoss());
    keys.put("hold_out", getHoldOut());
    keys.put("level", learnsIntervals() ? IntervalLevels.words(levels()) : "");
    return keys;
  }
}
