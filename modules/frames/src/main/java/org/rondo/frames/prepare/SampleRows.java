package org.rondo.frames.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.frames.FramePlan;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.Split;
import org.rondo.tasks.Column;
import org.rondo.tasks.Example;
import scala.Tuple2;

/** The first validation rows of a source, for a person to look at. */
public final class SampleRows {
  /** Rows among which they are looked for; all are few, so that this is quick. */
  private static final int READ = 256;

  private SampleRows() {}

  /**
   * As many rows as are asked for, if the first {@value #READ} hold so many. Where an order column
   * cuts the splits, nobody knows their rows before all are sorted: then any rows.
   *
   * @param source a split, or any other name for a source that is cut
   * @param roles the columns that are read
   */
  public static List<Example> of(
      Dataset<Row> rows, String source, FramePlan plan, List<Column> roles, int count) {
    RowReader reader = RowReader.of(roles, plan.columns(), rows.schema(), true);
    var bytes = new ExampleBytes(roles, plan.columns());
    var splits = RowSplit.of(source, plan.splits().fractions());
    boolean drawn = plan.orderColumn().isEmpty() && !plan.splits().fractions().isEmpty();
    long seed = plan.seed();
    List<String> wanted =
        drawn ? List.of(Split.VALIDATION) : List.of(Split.VALIDATION, Split.TRAIN);
    List<Integer> numbers = wanted.stream().map(Split.NAMES::indexOf).toList();
    JavaRDD<Tuple2<byte[], String>> found =
        rows.limit(READ)
            .toJavaRDD()
            .mapPartitions(part -> new KeyedRows(part, reader, bytes, splits, -1, seed))
            .filter(row -> numbers.contains(row._1().split()))
            .map(row -> new Tuple2<>(row._1().content(), row._2()));
    var examples = new ArrayList<Example>();
    for (Tuple2<byte[], String> row : found.take(count)) {
      examples.add(bytes.decode(row._1(), row._2()));
    }
    return examples;
  }

  /** The source that holds them: that of validation, if it has a place of its own. */
  public static String source(Map<String, String> paths) {
    return paths.containsKey(Split.VALIDATION)
        ? Split.VALIDATION
        : paths.keySet().iterator().next();
  }
}
