package org.rondo.frames.windows;

import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;

/**
 * Rows of a table as steps of series. What cannot be read becomes a key as well, so that it reaches
 * the driver as a value and not as a failure of the task.
 */
final class SeriesRows implements Iterator<SeriesKey> {
  private final Iterator<Row> rows;
  private final RowReader reader;
  private final SeriesColumns columns;
  private final Optional<FilePlace> places;
  private boolean failed;

  SeriesRows(
      Iterator<Row> rows, RowReader reader, SeriesColumns columns, Optional<FilePlace> places) {
    this.rows = rows;
    this.reader = reader;
    this.columns = columns;
    this.places = places;
  }

  @Override
  public boolean hasNext() {
    try {
      return !failed && rows.hasNext();
    } catch (RuntimeException e) {
      return true; // the next one tells
    }
  }

  @Override
  public SeriesKey next() {
    if (failed) {
      throw new NoSuchElementException("after the last row");
    }
    Row row;
    try {
      row = rows.next();
    } catch (RuntimeException e) {
      failed = true;
      return failure(e);
    }
    try {
      return step(row);
    } catch (BadExampleException e) {
      return SeriesKey.of(SeriesKey.Kind.REJECTED, e.getMessage());
    }
  }

  private SeriesKey step(Row row) {
    Example example = reader.example(row);
    String id = columns.id().isEmpty() ? "" : example.text(SeriesColumns.ID);
    if (id.isEmpty() && !columns.id().isEmpty()) {
      throw new BadExampleException(
          String.format(Locale.ROOT, "%s: column %s has no value", example.place(), columns.id()));
    }
    var values = new double[columns.targets().size()];
    for (int c = 0; c < values.length; c++) {
      String role = columns.role(c);
      values[c] = example.has(role) ? example.number(role) : Double.NaN;
      // Networks compute in float; within its range sums of squares are finite in double.
      if (Math.abs(values[c]) > Float.MAX_VALUE) {
        throw new BadExampleException(
            String.format(
                Locale.ROOT,
                "%s: column %s holds %s, which is beyond the range of a float",
                example.place(),
                columns.targets().get(c),
                values[c]));
      }
    }
    if (places.isPresent()) {
      return places.get().key(row, id, values, example.place());
    }
    String text = example.text(SeriesColumns.TIME);
    TimeValue time =
        TimeValue.of(text)
            .orElseThrow(
                () ->
                    new BadExampleException(
                        String.format(
                            Locale.ROOT,
                            "%s: column %s holds \"%s\", which is no time: times are such as 2016-07-01, 2016-07-01 14:30:00 or 42",
                            example.place(),
                            columns.time(),
                            text.length() > 40 ? text.substring(0, 40) + "..." : text)));
    return SeriesKey.at(time, id, values, example.place());
  }

  private static SeriesKey failure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IngestException) {
        return SeriesKey.of(SeriesKey.Kind.FAILURE, cause.getMessage());
      }
    }
    throw e;
  }
}
