package org.rondo.sparkml.params;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * What is learned of series and how errors become scores. Params have the names of the keys of the
 * task {@code anomaly}, but for {@code unroll}.
 *
 * @param <S> the stage
 */
public interface AnomalyParams<S extends Params> extends ScaleParams<S> {
  /** What is learned. */
  default Param<String> method() {
    return new Param<>(
        this,
        "method",
        "what the network learns: forecast (the next step) or rebuild (the last steps, from its"
            + " state alone: an autoencoder)",
        ParamValidators.inArray(List.of("forecast", "rebuild")));
  }

  /** Steps that are rebuilt. */
  default IntParam window() {
    return new IntParam(this, "window", "steps that are rebuilt", ParamValidators.inRange(1, 4096));
  }

  /** Steps that warm the state. */
  default IntParam warmUp() {
    return new IntParam(
        this,
        "warmUp",
        "steps before the steps that validate which the network reads first",
        ParamValidators.gtEq(1));
  }

  /** What becomes of missing values. */
  default Param<String> missing() {
    return new Param<>(
        this,
        "missing",
        "values that are missing: previous (the last known value stands there) or refuse",
        ParamValidators.inArray(List.of("refuse", "previous")));
  }

  /** What becomes small. */
  default Param<String> loss() {
    return new Param<>(
        this,
        "loss",
        "what the network learns to make small: mse, mae or huber",
        ParamValidators.inArray(List.of("mse", "mae", "huber")));
  }

  /** From errors to scores. */
  default Param<String> score() {
    return new Param<>(
        this,
        "score",
        "from errors to scores: likelihood (how unusual the latest errors are beside those before),"
            + " threshold (smoothed errors over one learned from training and validation errors) or"
            + " quantile (smoothed errors over a quantile of those before)",
        ParamValidators.inArray(List.of("likelihood", "threshold", "quantile")));
  }

  /** Least score of an alarm. */
  default Param<String> alarm() {
    return new Param<>(
        this,
        "alarm",
        "least score of an alarm; auto: 0.99999 of the likelihood, 0.5 of the others");
  }

  /** Errors that are usual. */
  default IntParam history() {
    return new IntParam(
        this,
        "history",
        "errors that say what is usual, of likelihood and quantile; 8 bytes each of a state in a"
            + " stream",
        ParamValidators.gtEq(2));
  }

  /** Latest errors. */
  default IntParam recent() {
    return new IntParam(
        this,
        "recent",
        "latest errors that are compared with them, of the likelihood",
        ParamValidators.gtEq(1));
  }

  /** First steps without a score. */
  default IntParam probation() {
    return new IntParam(
        this,
        "probation",
        "first steps of a series that have no score yet, for the state is cold",
        ParamValidators.gtEq(1));
  }

  /** How errors are smoothed. */
  default IntParam span() {
    return new IntParam(
        this,
        "span",
        "errors are smoothed over about so many steps, of threshold and quantile; 1: not at all",
        ParamValidators.gtEq(1));
  }

  /** Least relative distance. */
  default DoubleParam pruning() {
    return new DoubleParam(
        this,
        "pruning",
        "how far an anomaly is above usual errors at least, relatively, of threshold and quantile",
        ParamValidators.inRange(0, 1, true, false));
  }

  /** Level of the quantile. */
  default DoubleParam level() {
    return new DoubleParam(
        this,
        "level",
        "share of the errors before that the quantile is not below",
        ParamValidators.inRange(0, 1, false, true));
  }

  /** Sets the defaults. */
  default void setAnomalyDefaults() {
    setDefault(method(), "forecast");
    setDefault(window(), 16);
    setDefault(warmUp(), 500);
    setScaleDefaults();
    setDefault(missing(), "previous");
    setDefault(loss(), "mse");
    setDefault(score(), "quantile");
    setDefault(alarm(), "auto");
    setDefault(history(), 8000);
    setDefault(recent(), 10);
    setDefault(probation(), 300);
    setDefault(span(), 1);
    setDefault(pruning(), 0.13);
    setDefault(level(), 0.999);
  }

  default S setMethod(String value) {
    return with(method(), value);
  }

  default String getMethod() {
    return getOrDefault(method());
  }

  default S setWindow(int value) {
    return with(window(), value);
  }

  default int getWindow() {
    return (int) getOrDefault(window());
  }

  default S setWarmUp(int value) {
    return with(warmUp(), value);
  }

  default int getWarmUp() {
    return (int) getOrDefault(warmUp());
  }

  default S setMissing(String value) {
    return with(missing(), value);
  }

  default String getMissing() {
    return getOrDefault(missing());
  }

  default S setLoss(String value) {
    return with(loss(), value);
  }

  default String getLoss() {
    return getOrDefault(loss());
  }

  default S setScore(String value) {
    return with(score(), value);
  }

  default String getScore() {
    return getOrDefault(score());
  }

  default S setAlarm(String value) {
    return with(alarm(), value);
  }

  default String getAlarm() {
    return getOrDefault(alarm());
  }

  default S setHistory(int value) {
    return with(history(), value);
  }

  default int getHistory() {
    return (int) getOrDefault(history());
  }

  default S setRecent(int value) {
    return with(recent(), value);
  }

  default int getRecent() {
    return (int) getOrDefault(recent());
  }

  default S setProbation(int value) {
    return with(probation(), value);
  }

  default int getProbation() {
    return (int) getOrDefault(probation());
  }

  default S setSpan(int value) {
    return with(span(), value);
  }

  default int getSpan() {
    return (int) getOrDefault(span());
  }

  default S setPruning(double value) {
    return with(pruning(), value);
  }

  default double getPruning() {
    return (double) getOrDefault(pruning());
  }

  default S setLevel(double value) {
    return with(level(), value);
  }

  default double getLevel() {
    return (double) getOrDefault(level());
  }

  /** The keys of the task. */
  default Map<String, Object> anomalyKeys() {
    var keys = new HashMap<String, Object>();
    keys.put("method", getMethod());
    keys.put("window", getWindow());
    keys.put("warm_up", getWarmUp());
    keys.put("scaler", getScaler());
    keys.put("scale_over", getScaleOver());
    keys.put("calendar", getCalendar());
    keys.put("missing", getMissing());
    keys.put("loss", getLoss());
    keys.put("score", getScore());
    keys.put("alarm", getAlarm());
    keys.put("history", getHistory());
    keys.put("recent", getRecent());
    keys.put("probation", getProbation());
    keys.put("span", getSpan());
    keys.put("pruning", getPruning());
    keys.put("level", getLevel());
    return keys;
  }
}
