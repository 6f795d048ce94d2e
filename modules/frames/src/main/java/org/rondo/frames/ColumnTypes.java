package org.rondo.frames;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.rondo.tasks.Column;
import org.rondo.tasks.ColumnType;

/** Spark's types of the columns that Rondo makes. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /** The type in which predictions are written: of numbers that have names a map. */
  public static DataType of(Column column) {
    return column.names().isEmpty()
        ? of(column.type())
        : DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);
  }

  /** The type in which values of a column are written. */
  public static DataType of(ColumnType type) {
    return switch (type) {
      case TEXT, LABEL -> DataTypes.StringType;
      case TOKENS -> DataTypes.createArrayType(DataTypes.StringType);
      case BYTES -> DataTypes.BinaryType;
      case NUMBER -> DataTypes.DoubleType;
      case NUMBERS -> DataTypes.createArrayType(DataTypes.DoubleType);
      case SERIES, SERIES_WITH_GAPS ->
          DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType));
    };
  }
}
