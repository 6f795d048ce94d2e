package org.rondo.frames.sources;

import java.net.URI;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of files that Spark reads, with the file of each and its number there. Spark tells no line,
 * but a task reads the rows of a piece of a file in their order, so that counting them is enough.
 */
final class LocatedRows implements Iterator<Row> {
  private static final String METADATA = "_metadata";

  private final Iterator<Row> rows;
  private final boolean numbered;
  private String file = "";
  private long start = -1;
  private long count;

  private LocatedRows(Iterator<Row> rows, boolean numbered) {
    this.rows = rows;
    this.numbered = numbered;
  }

  /**
   * The rows with the columns {@link RowOrigin#FILE} and {@link RowOrigin#ROW} behind the others;
   * as they are where they have columns of such names.
   *
   * @param schema of the rows; its metadata is kept
   * @param numbered false where rows are left out before they are counted
   */
  static Dataset<Row> of(
      SparkSession spark, Dataset<Row> rows, StructType schema, boolean numbered) {
    for (String name : schema.fieldNames()) {
      if (name.equals(METADATA) || name.equals(RowOrigin.FILE) || name.equals(RowOrigin.ROW)) {
        return rows;
      }
    }
    JavaRDD<Row> located =
        rows.select(
                functions.col("*"),
                functions.col(METADATA + ".file_path"),
                functions.col(METADATA + ".file_block_start"))
            .toJavaRDD()
            .mapPartitions(part -> new LocatedRows(part, numbered));
    return spark.createDataFrame(
        located,
        schema.add(RowOrigin.FILE, DataTypes.StringType).add(RowOrigin.ROW, DataTypes.StringType));
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    Row row = rows.next();
    int columns = row.length() - 2;
    locate(row.getString(columns), row.getLong(columns + 1));
    var cells = new Object[columns + 2];
    for (int i = 0; i < columns; i++) {
      cells[i] = row.get(i);
    }
    cells[columns] = new Path(URI.create(file)).toString();
    cells[columns + 1] = numbered ? number() : null;
    return RowFactory.create(cells);
  }

  /** A partition holds pieces of several files, one after the other. */
  private void locate(String path, long byteInFile) {
    if (byteInFile != start || !path.equals(file)) {
      file = path;
      start = byteInFile;
      count = 0;
    }
    count++;
  }

  private String number() {
    return start == 0
        ? String.format(Locale.ROOT, "row %d", count)
        : String.format(Locale.ROOT, "row %d from byte %d", count, start);
  }
}
