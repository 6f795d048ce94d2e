package org.rondo.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.evaluation.Metric;
import org.rondo.frames.FramePlan;
import org.rondo.frames.prepare.SampleRows;
import org.rondo.frames.sources.FrameSource;
import org.rondo.frames.windows.SampleWindows;
import org.rondo.ingest.Split;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Illustrator;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.TextComparison;
import org.rondo.tasks.WindowPlan;
import org.rondo.tasks.pictures.Picture;
import org.rondo.training.checkpoint.Checkpoint;

/** A few rows of the data, and what a trained network makes of them: texts and pictures. */
final class RowSample {
  private static final int ROWS = 5;

  private final Map<String, List<Example>> rows;

  private RowSample(Map<String, List<Example>> rows) {
    this.rows = rows;
  }

  /** Of validation rows; none where the task neither writes texts nor draws. */
  static RowSample of(RowPlans plans, Features features, SparkSession spark) {
    Optional<Illustrator> illustrator = features.illustrator(plans.taskSettings());
    if (features.texts().isEmpty() && illustrator.isEmpty()) {
      return new RowSample(Map.of());
    }
    FramePlan plan = plans.frames();
    var source = new FrameSource(spark, plan.source());
    Map<String, String> paths = plan.splits().texts();
    if (features.windows().isPresent() && illustrator.isPresent()) {
      WindowPlan windows = features.windows().get();
      var sources = new LinkedHashMap<String, Dataset<Row>>();
      paths.forEach((name, path) -> sources.put(name, source.read(path)));
      return new RowSample(
          new SampleWindows(spark, windows, plan.columns(), illustrator.get().mark())
              .of(sources, plan.splits().fractions(), illustrator.get().splits()));
    }
    String name = SampleRows.source(paths);
    List<Column> roles =
        Column.given(plans.task().columns(plans.taskSettings()), plan.columns().keySet());
    return new RowSample(
        Map.of(
            Split.VALIDATION,
            SampleRows.of(source.read(paths.get(name)), name, plan, roles, ROWS)));
  }

  private List<Example> validation() {
    return rows.getOrDefault(Split.VALIDATION, List.of());
  }

  /**
   * Says what each row is, what is written for it, and what is right; empty where no texts are
   * written.
   */
  String text(Plans plans, Checkpoint trained) {
    if (validation().isEmpty()) {
      return "";
    }
    RowModel model = RowModel.of(plans, trained);
    Optional<TextComparison> texts = model.ofFrames().features().texts();
    if (texts.isEmpty()) {
      return "";
    }
    List<String> inputs =
        model.ofFrames().roles().stream()
            .filter(role -> role.when() == Need.ALWAYS && role.type() == ColumnType.TEXT)
            .map(Column::role)
            .toList();
    List<RowPrediction> predicted;
    try (Predictor predictor = model.predictor()) {
      predicted = predictor.predict(validation());
    }
    var text = new StringBuilder();
    for (int i = 0; i < predicted.size(); i++) {
      Example row = validation().get(i);
      if (predicted.get(i).isPredicted()) {
        inputs.forEach(role -> text.append(line("", row.text(role))));
        Object written = predicted.get(i).values().get(texts.get().prediction());
        text.append(line("written: ", String.valueOf(written)));
        text.append(line("right:   ", row.text(texts.get().reference()))).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(String before, String line) {
    return before + line.strip() + '\n';
  }

  /**
   * What the task draws of them; empty where it draws nothing.
   *
   * @param measuring details of a metric over all validation rows
   */
  List<Picture> pictures(
      Plans plans, Checkpoint trained, Function<Metric, Map<String, Double>> measuring) {
    return rows.isEmpty() ? List.of() : RowModel.of(plans, trained).pictures(rows, measuring);
  }
}
