package org.rondo.sparkml;

import java.util.ArrayList;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.windows.RollingOrigin;
import org.rondo.sparkml.params.RnnParams;

/**
 * How well a forecaster would have done: the last {@code nWindows} horizons of each series, {@code
 * stepSize} steps apart, are forecast from what lay before them and held against what came (Tashman
 * 2000). The forecaster is fitted to what lies before all of them, or with {@code refit} before
 * each one anew.
 */
public final class RollingOriginValidator extends PipelineStage
    implements RnnParams<RollingOriginValidator> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private RnnForecaster estimator = new RnnForecaster();

  public RollingOriginValidator() {
    this(Identifiable$.MODULE$.randomUID("rollingOriginValidator"));
  }

  public RollingOriginValidator(String uid) {
    this.uid = uid;
    setDefault(nWindows(), 3);
    setDefault(stepSize(), 0);
    setDefault(refit(), false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Number of origins. */
  public IntParam nWindows() {
    return new IntParam(
        this, "nWindows", "horizons of each series that are forecast", ParamValidators.gtEq(1));
  }

  /** Steps between origins. */
  public IntParam stepSize() {
    return new IntParam(
        this,
        "stepSize",
        "steps from one of them to the next; 0: the horizon",
        ParamValidators.gtEq(0));
  }

  /** Whether each origin has a model of its own. */
  public BooleanParam refit() {
    return new BooleanParam(
        this, "refit", "whether the forecaster is fitted anew before each of them, or once");
  }

  public RollingOriginValidator setEstimator(RnnForecaster value) {
    estimator = value;
    return this;
  }

  public RnnForecaster getEstimator() {
    return estimator;
  }

  public RollingOriginValidator setNWindows(int value) {
    return with(nWindows(), value);
  }

  public int getNWindows() {
    return (int) getOrDefault(nWindows());
  }

  public RollingOriginValidator setStepSize(int value) {
    return with(stepSize(), value);
  }

  public int getStepSize() {
    return (int) getOrDefault(stepSize());
  }

  public RollingOriginValidator setRefit(boolean value) {
    return with(refit(), value);
  }

  public boolean getRefit() {
    return (boolean) getOrDefault(refit());
  }

  /**
   * Fits and forecasts.
   *
   * @param rows a table of series, as the forecaster reads it
   * @throws IllegalArgumentException if the rows or a series cannot be used, saying why
   */
  public RollingOriginResult validate(Dataset<?> rows) {
    int horizon = estimator.getHorizon();
    var origin = RollingOrigin.of(getNWindows(), getStepSize() == 0 ? horizon : getStepSize());
    var fits = new ArrayList<RollingOriginResult.Fit>();
    int models = getRefit() ? getNWindows() : 1;
    for (int number = 1; number <= models; number++) {
      RollingOrigin own = getRefit() ? origin.only(number) : origin;
      RnnForecaster forecaster = estimator.copy(new ParamMap());
      fits.add(
          new RollingOriginResult.Fit(forecaster.setHoldOut(own.steps(horizon)).fit(rows), own));
    }
    return new RollingOriginResult(fits, rows.toDF(), estimator.getValidationFraction());
  }

  /** Of the forecaster's predictions, once its columns are checked. */
  @Override
  public StructType transformSchema(StructType schema) {
    return estimator.transformSchema(schema);
  }

  /** With a forecaster of its own, whose Params may be among {@code extra} too. */
  @Override
  public RollingOriginValidator copy(ParamMap extra) {
    RollingOriginValidator copy = copyValues(new RollingOriginValidator(uid), extra);
    return copy.setEstimator(estimator.copy(extra));
  }
}
