package org.rondo.frames.rows;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.rondo.tasks.ColumnType;

/** Which of Spark's types a {@link ColumnType} is read from. */
final class CellType {
  private CellType() {}

  /** Whether values of that type can be taken. */
  static boolean fits(ColumnType wanted, DataType found) {
    return switch (wanted) {
      case TEXT, LABEL, NUMBER -> isText(found);
      case BYTES -> found instanceof BinaryType;
      case TOKENS -> found instanceof ArrayType array && isText(array.elementType());
      case NUMBERS ->
          isText(found)
              || isVector(found)
              || (found instanceof ArrayType array && array.elementType() instanceof NumericType);
      case SERIES, SERIES_WITH_GAPS ->
          found instanceof ArrayType array ? isStep(array.elementType()) : isVector(found);
    };
  }

  /** Whether it is an array of numbers that need not be whole. */
  static boolean hasFractions(DataType type) {
    return type instanceof ArrayType array
        && (array.elementType() instanceof DoubleType
            || array.elementType() instanceof FloatType
            || array.elementType() instanceof DecimalType);
  }

  /** For a message. */
  static String allowed(ColumnType wanted) {
    return switch (wanted) {
      case TEXT, LABEL -> "a text, number or boolean";
      case BYTES -> "binary data";
      case NUMBER -> "a number, or a text that is one";
      case TOKENS -> "an array of texts";
      case NUMBERS -> "a number, a text that is one, an array of numbers or a vector";
      case SERIES, SERIES_WITH_GAPS ->
          "an array of numbers, of arrays of numbers or of vectors, or a vector";
    };
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType || type instanceof BooleanType || type instanceof NumericType;
  }

  private static boolean isStep(DataType type) {
    return type instanceof NumericType
        || isVector(type)
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  private static boolean isVector(DataType type) {
    return type.sameType(SQLDataTypes.VectorType());
  }
}
