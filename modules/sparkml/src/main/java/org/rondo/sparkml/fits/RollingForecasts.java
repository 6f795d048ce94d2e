package org.rondo.sparkml.fits;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.frames.predict.FramePredictor;
import org.rondo.frames.windows.RollingFrame;
import org.rondo.frames.windows.RollingScores;
import org.rondo.frames.windows.RollingSums;
import org.rondo.sparkml.schema.FitMessages;

/**
 * Forecasts of one model from a rolling origin.
 *
 * @param predictor of that model
 */
public record RollingForecasts(RollingFrame frame, FramePredictor predictor) {
  public Dataset<Row> forecasts(Dataset<Row> rows) {
    return FitMessages.inParams(() -> frame.forecasts(predictor, rows));
  }

  /** What those of several models are worth together. */
  public static RollingScores scores(List<RollingForecasts> models, Dataset<Row> rows) {
    return FitMessages.inParams(
        () -> {
          RollingSums sums = models.get(0).sums(rows);
          models.subList(1, models.size()).forEach(model -> sums.merge(model.sums(rows)));
          return sums.scores(models.get(models.size() - 1).frame().metrics());
        });
  }

  private RollingSums sums(Dataset<Row> rows) {
    return frame.sums(predictor, rows);
  }
}
