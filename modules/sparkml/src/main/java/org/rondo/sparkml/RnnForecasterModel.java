package org.rondo.sparkml;

import java.util.Map;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.InvalidRows;
import org.rondo.frames.windows.RollingOrigin;
import org.rondo.sparkml.columns.ForecastRows;
import org.rondo.sparkml.files.ModelReader;
import org.rondo.sparkml.fits.FittedNetwork;
import org.rondo.sparkml.fits.RollingForecasts;
import org.rondo.sparkml.params.InferenceParams;
import org.rondo.sparkml.params.SeriesParams;
import org.rondo.sparkml.schema.SchemaCheck;
import org.rondo.tasks.ExogenousColumns;

/** Forecasts the steps behind the last ones of every series; see {@link RnnForecaster}. */
public final class RnnForecasterModel extends FittedModel<RnnForecasterModel, FittedNetwork>
    implements SeriesParams<RnnForecasterModel>, InferenceParams<RnnForecasterModel> {
  private static final long serialVersionUID = 1L;

  RnnForecasterModel(String uid, FittedNetwork fitted) {
    super(uid, fitted);
    setSeriesDefaults();
    setInferenceDefaults();
  }

  /**
   * A row for each step of the horizon of each channel of each series.
   *
   * @param history the series so far, as many steps as the network reads at least
   * @return {@code unique_id}, {@code target} (the channel's column), {@code ds} (the time of the
   *     step, a text), {@code step} (from 1), {@code forecast}, {@code lower_80} and {@code
   *     upper_80} for each {@code level} of the estimator, and {@code rejected} (by {@code
   *     handleInvalid = keep}: why a series has none)
   */
  @Override
  public Dataset<Row> transform(Dataset<?> history) {
    Map<String, String> roles = SchemaCheck.series(history.schema(), this);
    Dataset<Row> forecasts = fitted().forecasts(history.toDF(), roles, getInferBatchSize());
    return getHandleInvalid().equals("keep")
        ? forecasts
        : forecasts.filter(
            new ForecastRows(forecasts.schema().length() - 1, getHandleInvalid().equals("error")));
  }

  /**
   * Forecasts from a rolling origin.
   *
   * @param validationFraction of the fit
   */
  RollingForecasts rolling(RollingOrigin origin, double validationFraction, Dataset<Row> rows) {
    Map<String, String> roles = SchemaCheck.series(rows.schema(), this);
    InvalidRows invalid =
        getHandleInvalid().equals("error") ? InvalidRows.REJECT : InvalidRows.SKIP;
    return fitted().rolling(origin, validationFraction, rows.sparkSession(), roles, invalid);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SchemaCheck.series(schema, this);
    ExogenousColumns inputs = fitted().features().windows().orElseThrow().exogenous();
    SchemaCheck.numbers(schema, "staticCols", inputs.statics());
    SchemaCheck.numbers(schema, "histExogCols", inputs.history());
    SchemaCheck.numbers(schema, "futrExogCols", inputs.future());
    return fitted().forecastFrame().schema();
  }

  @Override
  RnnForecasterModel same() {
    return new RnnForecasterModel(uid(), fitted());
  }

  public static MLReader<RnnForecasterModel> read() {
    return new ModelReader<>(
        RnnForecasterModel.class, FittedNetwork::read, RnnForecasterModel::new);
  }

  public static RnnForecasterModel load(String path) {
    return read().load(path);
  }
}
