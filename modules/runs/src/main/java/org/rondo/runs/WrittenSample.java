package org.rondo.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.rondo.frames.rows.RowReader;
import org.rondo.frames.sources.FrameSource;
import org.rondo.ingest.Split;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;
import org.rondo.tasks.Column.Need;
import org.rondo.tasks.ColumnType;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.RowPrediction;
import org.rondo.tasks.TextComparison;
import org.rondo.training.checkpoint.Checkpoint;

/** The first rows of the data, and what a trained network writes for them. */
final class WrittenSample {
  private static final int ROWS = 5;
  private static final List<String> PICTURE =
      List.of("source_tokens", "target_tokens", "attention");

  private final List<Example> rows;

  private WrittenSample(List<Example> rows) {
    this.rows = rows;
  }

  /** Of validation rows, where they have a place of their own; none where no texts are written. */
  static WrittenSample of(RowPlans plans, Features features, SparkSession spark) {
    var examples = new ArrayList<Example>();
    if (features.texts().isPresent()) {
      Map<String, String> paths = plans.frames().splits().texts();
      String first = paths.values().iterator().next();
      Dataset<Row> rows =
          new FrameSource(spark, plans.source())
              .read(paths.getOrDefault(Split.VALIDATION, first))
              .limit(ROWS);
      RowReader reader =
          RowReader.of(
              plans.task().learned(plans.taskSettings()), plans.columns(), rows.schema(), true);
      for (Row row : rows.collectAsList()) {
        try {
          examples.add(reader.example(row));
        } catch (BadExampleException e) {
          // told by the preparation
        }
      }
    }
    return new WrittenSample(examples);
  }

  /**
   * The {@code text} says what each row is, what is written for it, and what is right; {@code
   * source_tokens}, {@code target_tokens} and {@code attention} are those of the first one, where
   * the network looks at its source. Empty where no texts are written.
   */
  Map<String, Object> of(Plans plans, Checkpoint trained) {
    var sample = new LinkedHashMap<String, Object>();
    if (rows.isEmpty()) {
      return sample;
    }
    RowModel model = RowModel.of(plans, trained);
    TextComparison texts = model.ofFrames().features().texts().orElseThrow();
    List<String> inputs =
        model.ofFrames().roles().stream()
            .filter(role -> role.when() == Need.ALWAYS && role.type() == ColumnType.TEXT)
            .map(Column::role)
            .toList();
    List<RowPrediction> predicted;
    try (Predictor predictor = model.explainingPredictor()) {
      predicted = predictor.predict(rows);
    }
    var text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, Object> values = predicted.get(i).values();
      if (predicted.get(i).isPredicted()) {
        for (String role : inputs) {
          text.append(line("", rows.get(i).text(role)));
        }
        text.append(line("written: ", String.valueOf(values.get(texts.prediction()))));
        text.append(line("right:   ", rows.get(i).text(texts.reference()))).append('\n');
        PICTURE.stream()
            .filter(values::containsKey)
            .forEach(column -> sample.putIfAbsent(column, values.get(column)));
      }
    }
    sample.put("text", text.toString());
    return sample;
  }

  private static String line(String before, String line) {
    return before + line.strip() + '\n';
  }
}
