package org.rondo.tasks.forecasting;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;
import org.rondo.tasks.WindowPlan;

/**
 * The next values of series, such as the load of a grid over the next day: all steps of the horizon
 * at once, from the last state of the network. A row of the data is one step of one series.
 */
@AutoService(Task.class)
public final class ForecastingTask implements Task {
  static final String NAME = "forecasting";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    ForecastingPlan.of(settings);
    return List.of(
        new Column("id", ColumnType.TEXT, Need.OPTIONAL),
        new Column("time", ColumnType.TEXT, Need.OPTIONAL),
        new Column("target", ColumnType.NUMBERS, Need.ALWAYS));
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return ForecastMetrics.names(ForecastingPlan.of(settings).levels());
  }

  @Override
  public Optional<WindowPlan> windows(TaskSettings settings) {
    return Optional.of(ForecastingPlan.of(settings).windows());
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new ForecastingFitting(ForecastingPlan.of(settings));
  }

  @Override
  public Features features(String json) {
    return ForecastingFeatures.read(json);
  }
}
