package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.forecasts.BaselineScore;
import org.rondo.evaluation.forecasts.Correlation;
import org.rondo.evaluation.forecasts.ForecastError;
import org.rondo.evaluation.forecasts.ForecastError.Kind;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.evaluation.forecasts.ForecastMetric;
import org.rondo.evaluation.forecasts.Forecaster;
import org.rondo.evaluation.forecasts.Mase;
import org.rondo.evaluation.forecasts.Rse;
import org.rondo.evaluation.forecasts.Smape;

/** What is measured. */
final class ForecastMetrics {
  static final String AUTO = "auto";

  private ForecastMetrics() {}

  /** Names of all of them. */
  static List<String> names() {
    var any = new ForecastLayout(1, 1, 1, false);
    return all(any).stream().map(Metric::name).toList();
  }

  /** What the key {@code metric} may be. */
  static List<String> choices() {
    return Stream.concat(Stream.of(AUTO), names().stream()).toList();
  }

  /**
   * All of them, the one asked for first, and at last what that comes to without a network.
   *
   * @param first its name, or {@value #AUTO} for the one of the loss
   */
  static List<Metric> of(ForecastLayout layout, String first, String loss) {
    String decides =
        first.equals(AUTO) ? (loss.equals("mae") ? "scaled-mae" : "scaled-mse") : first;
    List<ForecastMetric> metrics = Metric.first(decides, all(layout));
    var all = new ArrayList<Metric>(metrics);
    all.add(new BaselineScore(metrics.get(0), Forecaster.NAIVE));
    if (layout.seasonal()) {
      all.add(new BaselineScore(metrics.get(0), Forecaster.SEASONAL_NAIVE));
    }
    return List.copyOf(all);
  }

  private static List<ForecastMetric> all(ForecastLayout layout) {
    return List.of(
        new ForecastError(Kind.MSE, true, layout),
        new ForecastError(Kind.MAE, true, layout),
        new ForecastError(Kind.MSE, false, layout),
        new ForecastError(Kind.RMSE, false, layout),
        new ForecastError(Kind.MAE, false, layout),
        new Mase(layout),
        new Smape(layout),
        new Rse(layout),
        new Correlation(layout));
  }
}
