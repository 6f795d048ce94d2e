package org.rondo.frames.sources;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/** Columns that readers add: where a row stands, and why it could not be parsed. */
public final class RowOrigin {
  /** The file that a row is of, a text. */
  public static final String FILE = "_file";

  /** The line in which it begins, from 1; 0 where it is a whole file. */
  public static final String LINE = "_line";

  /**
   * Which row of its file it is, a text, such as {@code row 3}; null where that is not known. In
   * place of the line, where Spark reads the file.
   */
  public static final String ROW = "_row";

  /** What is wrong with a row that could not be parsed, a text; null where nothing is. */
  public static final String PROBLEM = "_problem";

  private static final Set<String> ALL = Set.of(FILE, LINE, ROW, PROBLEM);

  /** In the metadata of a column of texts: its file cannot tell an empty text from none. */
  private static final String NULL_IS_EMPTY = "rondo.null_is_empty";

  private RowOrigin() {}

  /** Whether a column is one of these. */
  public static boolean isOne(String column) {
    return ALL.contains(column);
  }

  /** The rows without these columns. */
  public static Dataset<Row> dropped(Dataset<Row> rows) {
    return rows.drop(ALL.toArray(String[]::new));
  }

  /** The column of a file that cannot tell an empty text from none. */
  static StructField withEmptyTexts(StructField field) {
    Metadata marked =
        new MetadataBuilder()
            .withMetadata(field.metadata())
            .putBoolean(NULL_IS_EMPTY, true)
            .build();
    return new StructField(field.name(), field.dataType(), field.nullable(), marked);
  }

  /** Whether a text that is null is an empty one. */
  public static boolean hasEmptyTexts(StructField field) {
    return field.metadata().contains(NULL_IS_EMPTY);
  }
}
