package org.rondo.frames.windows;

import java.util.Arrays;
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
  /** Scales, which are differences of values, travel as floats. */
  private static final double LARGEST = Float.MAX_VALUE / 2.0;

  private final Iterator<Row> rows;
  private final RowReader reader;
  private final RowReader steps;
  private final SeriesColumns columns;
  private final Optional<FilePlace> places;
  private final boolean fill;
  private boolean failed;

  /**
   * @param reader of all columns
   * @param steps reads the series and the time alone
   * @param fill whether values may be missing
   */
  SeriesRows(
      Iterator<Row> rows,
      RowReader reader,
      RowReader steps,
      SeriesColumns columns,
      Optional<FilePlace> places,
      boolean fill) {
    this.fill = fill;
    this.rows = rows;
    this.reader = reader;
    this.steps = steps;
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
      return refused(row, e.getMessage());
    }
  }

  /** At its place in its series, where that can be read, so that no gap is seen there. */
  private SeriesKey refused(Row row, String message) {
    if (places.isEmpty()) {
      try {
        Example example = steps.example(row);
        return SeriesKey.refused(time(example), id(example), columns.values().size(), message);
      } catch (BadExampleException e) {
        // Its time or its series is what it is refused for, or cannot be read either.
      }
    }
    return SeriesKey.of(SeriesKey.Kind.REJECTED, message);
  }

  private String id(Example example) {
    String id = columns.id().isEmpty() ? "" : example.text(SeriesColumns.ID);
    if (id.isEmpty() && !columns.id().isEmpty()) {
      throw new BadExampleException(
          String.format(Locale.ROOT, "%s: column %s has no value", example.place(), columns.id()));
    }
    return id;
  }

  private TimeValue time(Example example) {
    String text = example.text(SeriesColumns.TIME);
    return TimeValue.of(text)
        .orElseThrow(
            () ->
                new BadExampleException(
                    String.format(
                        Locale.ROOT,
                        "%s: column %s holds \"%s\", which is no time: %s",
                        example.place(),
                        columns.time(),
                        text.length() > 40 ? text.substring(0, 40) + "..." : text,
                        TimeValue.EXAMPLES)));
  }

  private SeriesKey step(Row row) {
    Example example = reader.example(row);
    String id = id(example);
    var values = new double[columns.values().size()];
    for (int c = 0; c < values.length; c++) {
      String role = columns.role(c);
      values[c] = example.has(role) ? example.number(role) : Double.NaN;
      if (Math.abs(values[c]) > LARGEST) {
        throw new BadExampleException(
            String.format(
                Locale.ROOT,
                "%s: column %s holds %s, which is beyond half the range of a float, 1.7e38",
                example.place(),
                columns.values().get(c),
                values[c]));
      }
    }
    requireValues(example, values);
    if (places.isPresent()) {
      return places.get().key(row, id, values, example.place());
    }
    return SeriesKey.at(time(example), id, values, example.place());
  }

  /**
   * Unless values are filled, all must be there, but for a step to come, of which no target is
   * known: it has what is known of the future.
   */
  private void requireValues(Example example, double[] values) {
    int targets = columns.targets().size();
    int past = columns.exogenous().history().size();
    boolean toCome =
        !columns.exogenous().future().isEmpty()
            && Arrays.stream(values, 0, targets).allMatch(Double::isNaN);
    int end = toCome ? targets + past + columns.exogenous().future().size() : values.length;
    for (int i = toCome ? targets + past : 0; i < end && !fill; i++) {
      if (Double.isNaN(values[i])) {
        throw new BadExampleException(
            String.format(
                Locale.ROOT,
                "%s: column %s has no value",
                example.place(),
                columns.values().get(i)));
      }
    }
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
