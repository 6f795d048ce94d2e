package org.rondo.tasks.regression;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.RowWeight;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;

/**
 * Numbers for every sequence, such as the stars of a review or the oxygen of a patient, or for each
 * of its steps, such as the load of a grid in the next hour; or the values of the next step itself.
 */
@AutoService(Task.class)
public final class RegressionTask implements Task {
  static final String NAME = "regression";
  static final String TARGET = "target";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    RegressionPlan plan = RegressionPlan.of(settings);
    RegressorPlan.of(settings);
    var columns = new ArrayList<Column>(plan.inputs().columns());
    if (plan.targets().hasColumn()) {
      boolean perStep = plan.targets().isPerStep();
      ColumnType type = perStep ? ColumnType.SERIES_WITH_GAPS : ColumnType.NUMBERS;
      columns.add(new Column(TARGET, type, Need.TO_LEARN));
    }
    columns.add(RowWeight.COLUMN);
    return columns;
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return RegressionMetrics.names(TargetKind.of(settings));
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new RegressionFitting(RegressionPlan.of(settings), "");
  }

  @Override
  public Fitting fitting(TaskSettings settings, Vocabulary given) {
    RegressionPlan plan = RegressionPlan.of(settings);
    plan.inputs().requireTokens(settings);
    return new RegressionFitting(plan, given.toJson());
  }

  @Override
  public Features features(String json) {
    return RegressionFeatures.read(json);
  }
}
