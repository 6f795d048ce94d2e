package org.rondo.tasks.classification;

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
 * A label for every sequence, such as what a review thinks of a film, or which speaker a series of
 * measurements is of.
 */
@AutoService(Task.class)
public final class ClassificationTask implements Task {
  static final String NAME = "classification";
  static final String LABEL = "label";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    ClassificationPlan plan = ClassificationPlan.of(settings);
    NetworkPlan.of(settings);
    var columns = new ArrayList<Column>(plan.inputs().columns());
    ColumnType type = plan.severalLabels() ? ColumnType.TOKENS : ColumnType.LABEL;
    columns.add(new Column(LABEL, type, Need.TO_LEARN));
    columns.add(RowWeight.COLUMN);
    return columns;
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return ClassificationMetrics.names(ClassificationPlan.of(settings).severalLabels());
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new ClassificationFitting(ClassificationPlan.of(settings), "");
  }

  @Override
  public Fitting fitting(TaskSettings settings, Vocabulary given) {
    ClassificationPlan plan = ClassificationPlan.of(settings);
    plan.inputs().requireTokens(settings);
    return new ClassificationFitting(plan, given.toJson());
  }

  @Override
  public Features features(String json) {
    return ClassificationFeatures.read(json);
  }
}
