package org.rondo.tasks.forecasting;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rondo.evaluation.Metric;
import org.rondo.evaluation.forecasts.BaselineScore;
import org.rondo.evaluation.forecasts.Correlation;
import org.rondo.evaluation.forecasts.Coverage;
import org.rondo.evaluation.forecasts.ForecastError;
import org.rondo.evaluation.forecasts.ForecastError.Kind;
import org.rondo.evaluation.forecasts.ForecastLayout;
import org.rondo.evaluation.forecasts.ForecastMetric;
import org.rondo.evaluation.forecasts.Forecaster;
import org.rondo.evaluation.forecasts.Mase;
import org.rondo.evaluation.forecasts.QuantileScore;
import org.rondo.evaluation.forecasts.Rse;
import org.rondo.evaluation.forecasts.Smape;

/** What is measured. */
final class ForecastMetrics {
  static final String AUTO = "auto";

  private ForecastMetrics() {}

  /** Names of those of forecasts with such intervals. */
  static List<String> names(List<Integer> levels) {
    var any = new ForecastLayout(1, 1, 1, false, levels);
    return all(any).stream().map(Metric::name).toList();
  }

  /** What the key {@code metric} may be. */
  static List<String> choices(List<Integer> levels) {
    return Stream.concat(Stream.of(AUTO), names(levels).stream()).toList();
  }

  /**
   * All of them, the one asked for first, what that comes to without a network, and how often
   * values lie in the learned intervals.
   *
   * @param first its name, or {@value #AUTO} for the one of the loss
   */
  static List<Metric> of(ForecastLayout layout, String first, String loss) {
    String decides = first.equals(AUTO) ? ofLoss(loss) : first;
    List<ForecastMetric> metrics = Metric.first(decides, all(layout));
    var all = new ArrayList<Metric>(metrics);
    all.add(new BaselineScore(metrics.get(0), Forecaster.NAIVE));
    if (layout.seasonal()) {
      all.add(new BaselineScore(metrics.get(0), Forecaster.SEASONAL_NAIVE));
    }
    layout.levels().forEach(level -> all.add(new Coverage(layout, level, List.of())));
    return List.copyOf(all);
  }

  private static String ofLoss(String loss) {
    return switch (loss) {
      case "mae" -> "scaled-mae";
      case ForecastingPlan.QUANTILE -> "scaled-quantile-loss";
      default -> "scaled-mse";
    };
  }

  private static List<ForecastMetric> all(ForecastLayout layout) {
    List<ForecastMetric> points = pointMetrics(layout);
    return layout.levels().isEmpty()
        ? points
        : Stream.concat(Stream.of(new QuantileScore(layout)), points.stream()).toList();
  }

  private static List<ForecastMetric> pointMetrics(ForecastLayout layout) {
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
