package org.rondo.tasks.tagging;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Features;
import org.rondo.tasks.Fitting;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskSettings;

/**
 * A tag for every token of a sequence, such as its part of speech, or where names begin and end.
 */
@AutoService(Task.class)
public final class TaggingTask implements Task {
  static final String NAME = "tagging";
  static final String TOKENS = "tokens";
  static final String TAGS = "tags";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Column> columns(TaskSettings settings) {
    TaggingPlan plan = TaggingPlan.of(settings);
    TaggerPlan.of(settings);
    var columns = new ArrayList<Column>();
    columns.add(new Column(TOKENS, ColumnType.TOKENS, Need.ALWAYS));
    plan.columns().forEach(role -> columns.add(new Column(role, ColumnType.TOKENS, Need.ALWAYS)));
    columns.add(new Column(TAGS, ColumnType.TOKENS, Need.TO_LEARN));
    return columns;
  }

  @Override
  public List<String> metrics(TaskSettings settings) {
    return TaggingPlan.METRICS;
  }

  @Override
  public Fitting fitting(TaskSettings settings) {
    return new TaggingFitting(TaggingPlan.of(settings), "");
  }

  @Override
  public Fitting fitting(TaskSettings settings, Vocabulary given) {
    return new TaggingFitting(TaggingPlan.of(settings), given.toJson());
  }

  @Override
  public Features features(String json) {
    return TaggingFeatures.read(json);
  }
}
