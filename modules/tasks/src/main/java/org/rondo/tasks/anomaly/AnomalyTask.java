package org.rondo.tasks.anomaly;

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
 * Unusual steps of series, such as a sensor that fails: the network follows each series with a
 * carried state and learns what mostly comes next; steps that it does not expect are unusual. A row
 * of the data is one step of one series. A label is never learned, it only measures.
 */
@AutoService(Task.class)
public final class AnomalyTask implements Task {
  /** Of the configuration. */
  public static final String NAME = "anomaly";

  /** Role of the column that says whether a step is an anomaly. */
  public static final String LABEL = "label";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    AnomalyPlan.of(settings);
    return List.of(
        new Column("id", ColumnType.TEXT, Need.OPTIONAL),
        new Column("time", ColumnType.TEXT, Need.ALWAYS),
        new Column("target", ColumnType.NUMBERS, Need.ALWAYS),
        new Column(LABEL, ColumnType.LABEL, Need.OPTIONAL));
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return AnomalyMetrics.NAMES;
  }

  @Override
  public Optional<WindowPlan> windows(TaskSettings settings) {
    return Optional.of(AnomalyPlan.of(settings).windows());
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new AnomalyFitting(AnomalyPlan.of(settings));
  }

  @Override
  public Features features(String json) {
    return AnomalyFeatures.read(json);
  }
}
