package org.rondo.frames.prepare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.ValueException;
import org.rondo.models.Nearest;

/** The column that rows are sorted by, as one of three types, and as bytes that sort alike. */
public final class OrderValue {
  private static final String KEY = "data.order_column";

  private OrderValue() {}

  /**
   * Checks the column before any job.
   *
   * @throws ValueException if there is no such column
   * @throws IngestException if its type has no order
   */
  public static void check(StructType schema, String name) {
    if (schema.getFieldIndex(name).isEmpty()) {
      throw new ValueException(
          KEY,
          name,
          "the data has no such column"
              + Nearest.to(name, List.of(schema.fieldNames()))
                  .map(near -> "; did you mean " + near + "?")
                  .orElse(""));
    }
    DataType type = schema.apply(name).dataType();
    if (!(type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType
        || type instanceof StringType
        || type instanceof NumericType
        || type instanceof BooleanType)) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "%s = %s: it is of type %s, which has no order; numbers, texts, dates and timestamps have",
              KEY,
              name,
              type.simpleString()));
    }
  }

  /**
   * The column as whole numbers, numbers or texts.
   *
   * @throws IllegalArgumentException if there is no such column, or one without an order
   */
  static Column of(Dataset<Row> rows, String name) {
    check(rows.schema(), name);
    DataType type = rows.schema().apply(name).dataType();
    Column column = rows.col("`" + name + "`");
    if (type instanceof TimestampType) {
      return functions.expr("unix_micros(`" + name + "`)");
    }
    if (type instanceof DateType) {
      return functions.expr("unix_date(`" + name + "`)").cast(DataTypes.LongType);
    }
    if (type instanceof StringType) {
      return column;
    }
    if (type instanceof TimestampNTZType) {
      return column.cast(DataTypes.StringType); // ISO 8601, which sorts as the times do
    }
    boolean fractions =
        type instanceof DoubleType || type instanceof FloatType || type instanceof DecimalType;
    return column.cast(fractions ? DataTypes.DoubleType : DataTypes.LongType);
  }

  /**
   * Bytes that compare, unsigned, as the values do.
   *
   * @param value of a column of {@link #of}; not null
   */
  static byte[] bytes(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    long bits;
    if (value instanceof Double number) {
      long raw = Double.doubleToLongBits(number + 0.0);
      bits = raw >= 0 ? raw ^ Long.MIN_VALUE : ~raw;
    } else {
      bits = ((Long) value) ^ Long.MIN_VALUE;
    }
    return ByteBuffer.allocate(Long.BYTES).putLong(0, bits).array();
  }
}
