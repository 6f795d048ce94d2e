package org.rondo.sparkml.schema;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** What sequences are made of, by the type of their column. */
public enum SequenceInput {
  TEXT("text"),
  TOKENS("tokens"),
  SERIES("series");

  private final String role;

  SequenceInput(String role) {
    this.role = role;
  }

  /** Of that column; what fits none of them is taken for values, and refused as such. */
  public static SequenceInput of(StructType schema, String column) {
    DataType type = SchemaCheck.column(schema, "featuresCol", column).dataType();
    if (type instanceof StringType) {
      return TEXT;
    }
    return type instanceof ArrayType array && isToken(array.elementType()) ? TOKENS : SERIES;
  }

  /** Whole numbers are ids of something, others are measured. */
  private static boolean isToken(DataType type) {
    return type instanceof StringType
        || type instanceof BooleanType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  /** What a task calls the column. */
  public String role() {
    return role;
  }

  /** What the task's key {@code input} calls it. */
  public String word(boolean characters) {
    return this == TEXT ? (characters ? "characters" : "words") : role;
  }
}
