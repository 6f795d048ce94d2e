package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.rondo.frames.sources.RowOrigin;
import org.rondo.tasks.BadExampleException;

/** The place of rows in their files, by which they are ordered where they have no times. */
final class FilePlace implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern ROW = Pattern.compile("row ([0-9]+)(?: from byte ([0-9]+))?");

  private final int file;

  /** Of the number of a line or row. */
  private final int number;

  private FilePlace(int file, int number) {
    this.file = file;
    this.number = number;
  }

  /** Of a schema; empty where it does not tell places. */
  static Optional<FilePlace> of(StructType schema) {
    boolean lines = schema.getFieldIndex(RowOrigin.LINE).isDefined();
    String number = lines ? RowOrigin.LINE : RowOrigin.ROW;
    return schema.getFieldIndex(RowOrigin.FILE).isDefined()
            && schema.getFieldIndex(number).isDefined()
        ? Optional.of(new FilePlace(schema.fieldIndex(RowOrigin.FILE), schema.fieldIndex(number)))
        : Optional.empty();
  }

  /** A step at the place of a row. */
  SeriesKey key(Row row, String id, double[] values, String place) {
    Matcher found = ROW.matcher(String.valueOf(row.get(number)));
    if (row.get(number) instanceof Long line) {
      return SeriesKey.in(row.getString(file), 0, line, id, values, place);
    }
    if (!found.matches()) {
      throw new BadExampleException(place + ": its number in the file is not known");
    }
    long start = found.group(2) == null ? 0 : Long.parseLong(found.group(2));
    return SeriesKey.in(
        row.getString(file), start, Long.parseLong(found.group(1)), id, values, place);
  }
}
