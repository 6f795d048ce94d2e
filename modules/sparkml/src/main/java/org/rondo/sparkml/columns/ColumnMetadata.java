package org.rondo.sparkml.columns;

import java.util.ArrayList;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;

/** Metadata of columns, which Spark forgets where rows go through a function. */
public final class ColumnMetadata {
  private ColumnMetadata() {}

  /** The rows with the metadata of a schema. */
  public static Dataset<Row> restored(Dataset<Row> rows, StructType schema) {
    var columns = new ArrayList<Column>();
    for (StructField field : schema.fields()) {
      Column column = functions.col(ColumnNames.quoted(field.name()));
      columns.add(
          field.metadata().equals(Metadata.empty())
              ? column
              : column.as(field.name(), field.metadata()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }
}
