package org.rondo.frames.sources;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.rondo.frames.ColumnTypes;
import org.rondo.frames.formats.FormatColumn;
import org.rondo.frames.formats.FormatRow;
import org.rondo.frames.formats.FormatRows;
import org.rondo.frames.formats.RowFormat;
import org.rondo.ingest.HadoopSettings;
import org.rondo.models.Options;

/** The rows of a {@link RowFormat} as a DataFrame; a task reads whole files, row by row. */
final class FormatFrame {
  /** Files differ in size: with a few slices for each core, none works long alone. */
  private static final int SLICES_PER_CORE = 4;

  private FormatFrame() {}

  /**
   * @param files those that belong together in one list
   * @param empty what holds no row, by its place; see {@link RowFormat#empty}
   */
  static Dataset<Row> of(
      SparkSession spark,
      RowFormat format,
      Options options,
      List<List<String>> files,
      SortedMap<String, String> empty) {
    StructType schema = schema(format.columns(options));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    HadoopSettings hadoop = HadoopSettings.of(context.hadoopConfiguration());
    int slices = Math.min(files.size(), SLICES_PER_CORE * context.defaultParallelism());
    String name = format.name();
    Map<String, String> values = options.values(); // travels, where options do not
    JavaRDD<Row> rows =
        context
            .parallelize(
                files.stream().map(ArrayList::new).toList(), slices) // restored by any serializer
            .mapPartitions(
                paths -> new Rows(RowFormat.named(name), new Options(values), hadoop, paths));
    if (!empty.isEmpty()) {
      rows = rows.union(context.parallelize(refused(format.columns(options).size(), empty), 1));
    }
    return spark.createDataFrame(rows, schema);
  }

  private static List<Row> refused(int columns, SortedMap<String, String> empty) {
    var rows = new ArrayList<Row>();
    empty.forEach((place, problem) -> rows.add(row(FormatRow.refused(0, columns, problem), place)));
    return rows;
  }

  private static Row row(FormatRow row, String file) {
    List<Object> values = row.values();
    int columns = values.size();
    var cells = new Object[columns + 3];
    for (int i = 0; i < columns; i++) {
      cells[i] = values.get(i) instanceof List<?> tokens ? tokens.toArray() : values.get(i);
    }
    cells[columns] = file;
    cells[columns + 1] = row.line();
    cells[columns + 2] = row.problem();
    return RowFactory.create(cells);
  }

  private static StructType schema(List<FormatColumn> columns) {
    var fields = new ArrayList<StructField>();
    for (FormatColumn column : columns) {
      fields.add(DataTypes.createStructField(column.name(), ColumnTypes.of(column.type()), true));
    }
    fields.add(DataTypes.createStructField(RowOrigin.FILE, DataTypes.StringType, true));
    fields.add(DataTypes.createStructField(RowOrigin.LINE, DataTypes.LongType, true));
    fields.add(DataTypes.createStructField(RowOrigin.PROBLEM, DataTypes.StringType, true));
    return DataTypes.createStructType(fields);
  }

  /** The rows of some files, one after the other; each file is open while it is read. */
  private static final class Rows implements Iterator<Row> {
    private final RowFormat format;
    private final Options options;
    private final HadoopSettings hadoop;
    private final Iterator<? extends List<String>> files;
    private FormatRows rows;

    Rows(
        RowFormat format,
        Options options,
        HadoopSettings hadoop,
        Iterator<? extends List<String>> files) {
      this.format = format;
      this.options = options;
      this.hadoop = hadoop;
      this.files = files;
      // A task that takes the first rows alone does not come to the end of a file.
      TaskCompletionListener ending = task -> close();
      TaskContext.get().addTaskCompletionListener(ending);
    }

    @Override
    public boolean hasNext() {
      while (rows == null || !rows.hasNext()) {
        close();
        if (!files.hasNext()) {
          return false;
        }
        rows = format.open(files.next(), options, hadoop.configuration());
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("after the last row");
      }
      return row(rows.next(), rows.file());
    }

    private void close() {
      if (rows != null) {
        rows.close();
        rows = null;
      }
    }
  }
}
