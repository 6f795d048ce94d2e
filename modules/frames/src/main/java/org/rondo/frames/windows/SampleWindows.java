package org.rondo.frames.windows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.Split;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import org.rondo.tasks.WindowPlan;

/**
 * The last windows of a few series, for a person to look at: of those that the first rows are of,
 * the first by name. Reads the tables once.
 */
public final class SampleWindows {
  private static final int SERIES = 3;

  /** Rows among whose series they are chosen. */
  private static final int READ = 1000;

  /** Known numbers of a window, which comes to the driver; larger ones are left out. */
  private static final int MOST_NUMBERS = 4_000_000;

  private final SparkSession spark;
  private final WindowPlan plan;
  private final Map<String, String> columns;
  private final String mark;

  /**
   * @param columns names of the columns by role, as the configuration has them
   * @param mark role of the column that marks steps, see {@link org.rondo.tasks.Illustrator#mark};
   *     empty for none
   */
  public SampleWindows(
      SparkSession spark, WindowPlan plan, Map<String, String> columns, String mark) {
    this.spark = spark;
    this.plan = plan;
    this.columns = columns;
    this.mark = columns.getOrDefault(mark, "");
  }

  /**
   * Those of some splits.
   *
   * @param sources by split, or by another name for a source whose series are each cut into splits
   * @param fractions of the splits that a source is cut into, unless the plan has sizes
   * @throws IllegalArgumentException if a schema does not fit
   */
  public Map<String, List<Example>> of(
      Map<String, Dataset<Row>> sources, Map<String, Double> fractions, List<String> splits) {
    // A table to learn from need not have the column.
    List<String> marks =
        sources.values().stream().allMatch(rows -> List.of(rows.columns()).contains(mark))
            ? List.of(mark)
            : List.of();
    Dataset<Row> first = sources.values().iterator().next();
    List<Object> names = names(sources.getOrDefault(Split.VALIDATION, first));
    var few = new LinkedHashMap<String, Dataset<Row>>();
    sources.forEach(
        (source, rows) -> {
          if (splits.contains(source) || !Split.NAMES.contains(source)) {
            few.put(source, marked(of(rows, names), marks));
          }
        });
    Map<String, Dataset<Row>> windows =
        new WindowFrames(spark, plan.lastWindows(marks), columns, 1).ofLearned(few, fractions);
    var examples = new LinkedHashMap<String, List<Example>>();
    for (String split : splits) {
      if (windows.containsKey(split)) {
        examples.put(split, examples(windows.get(split)));
      }
    }
    return examples;
  }

  private String id(Dataset<Row> rows) {
    return SeriesColumns.of(columns, rows.schema(), plan.exogenous()).id();
  }

  private List<Object> names(Dataset<Row> rows) {
    String id = id(rows);
    if (id.isEmpty()) {
      return List.of();
    }
    Column name = rows.col(ColumnNames.quoted(id));
    return rows.select(name).limit(READ).collectAsList().stream()
        .map(row -> row.get(0))
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparing(String::valueOf))
        .limit(SERIES)
        .toList();
  }

  private Dataset<Row> of(Dataset<Row> rows, List<Object> names) {
    String id = id(rows);
    return id.isEmpty()
        ? rows
        : rows.filter(rows.col(ColumnNames.quoted(id)).isin(names.toArray()));
  }

  /** With numbers in the place of marks. */
  private Dataset<Row> marked(Dataset<Row> rows, List<String> marks) {
    if (marks.isEmpty()) {
      return rows;
    }
    Column word =
        functions.lower(
            functions.trim(rows.col(ColumnNames.quoted(mark)).cast(DataTypes.StringType)));
    return rows.withColumn(
        mark, functions.when(word.isin(StepColumns.MARKED.toArray()), 1.0).otherwise(0.0));
  }

  /** What cannot be read was told when the rows were prepared. */
  private static List<Example> examples(Dataset<Row> windows) {
    RowReader reader = RowReader.of(WindowPlan.COLUMNS, Map.of(), windows.schema(), true);
    var examples = new ArrayList<Example>();
    Column known = functions.size(windows.col(WindowPlan.HISTORY));
    for (Row window : windows.filter(known.leq(MOST_NUMBERS)).collectAsList()) {
      try {
        examples.add(reader.example(window));
      } catch (BadExampleException e) {
        // It is none of those that are drawn.
      }
    }
    return examples;
  }
}
