package org.rondo.frames.stream;

import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.windows.StepColumns;
import org.rondo.ingest.IngestException;

/** The key and the time of events of one schema. */
final class EventColumns implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MICROS = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private final int[] keys;
  private final int time;
  private final StructType keySchema;
  private final String untimed;

  /**
   * @throws IngestException if a column is missing or of a type that does not serve, naming it
   */
  EventColumns(StructType schema, StreamPlan plan) {
    keys = indices(schema, plan.keys());
    time = index(schema, plan.time());
    var fields = new ArrayList<StructField>();
    for (int key : keys) {
      StructField field = schema.fields()[key];
      fields.add(DataTypes.createStructField(field.name(), field.dataType(), true));
    }
    keySchema = DataTypes.createStructType(fields);
    StructField field = schema.fields()[time];
    requireTime(field, plan);
    boolean given = ColumnNames.shown(field).equals(field.name());
    untimed =
        String.format(
            Locale.ROOT,
            "column %s %s",
            ColumnNames.shown(field),
            given ? "has no value" : StepColumns.NO_TIME);
  }

  /** Where columns stand. */
  static int[] indices(StructType schema, List<String> names) {
    return names.stream().mapToInt(name -> index(schema, name)).toArray();
  }

  private static int index(StructType schema, String name) {
    if (schema.getFieldIndex(name).isEmpty()) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "stream: no column %s; the data has %s",
              name,
              List.of(schema.fieldNames())));
    }
    return schema.fieldIndex(name);
  }

  private static void requireTime(StructField field, StreamPlan plan) {
    DataType type = field.dataType();
    boolean stamp = type.equals(DataTypes.TimestampType);
    boolean whole =
        type.equals(DataTypes.LongType)
            || type.equals(DataTypes.IntegerType)
            || type.equals(DataTypes.ShortType);
    if (!stamp && (plan.isByWatermark() || plan.hasGap())) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "stream: column %s is of type %s; with order = watermark or a gap the time must be a timestamp, such as to_timestamp makes",
              ColumnNames.shown(field),
              type.simpleString()));
    }
    if (!stamp && !whole) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "stream: column %s is of type %s; the time of events must be a timestamp or a whole number",
              ColumnNames.shown(field),
              type.simpleString()));
    }
  }

  /** Of the key's columns. */
  StructType keySchema() {
    return keySchema;
  }

  /** The key of an event. */
  Row key(Row event) {
    return cells(event, keys);
  }

  /** Some cells of a row. */
  static Row cells(Row row, int[] indices) {
    var cells = new Object[indices.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(indices[i]);
    }
    return RowFactory.create(cells);
  }

  /** Whether an event says when it happened. */
  boolean hasTime(Row event) {
    return !event.isNullAt(time);
  }

  /** What is wrong with an event that does not. */
  String untimed() {
    return untimed;
  }

  /** When an event happened: microseconds since 1970, or the number that stands there. */
  long time(Row event) {
    Object value = event.get(time);
    if (value instanceof Timestamp stamp) {
      long seconds = Math.floorDiv(stamp.getTime(), 1000L);
      return seconds * MICROS + stamp.getNanos() / NANOS_PER_MICRO;
    }
    if (value instanceof Instant instant) {
      return instant.getEpochSecond() * MICROS + instant.getNano() / NANOS_PER_MICRO;
    }
    return ((Number) value).longValue();
  }
}
