package org.rondo.frames.stream;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.RowReader;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Column;

/** Reads events of one schema, and puts those of a key in order. */
final class EventReader implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  private final EventColumns columns;
  private final RowReader reader;
  private final ExampleBytes bytes;

  EventReader(EventColumns columns, RowReader reader, List<Column> roles) {
    this.columns = columns;
    this.reader = reader;
    this.bytes = new ExampleBytes(roles, Map.of());
  }

  EventColumns columns() {
    return columns;
  }

  ReadEvent read(Row row) {
    long happened = columns.hasTime(row) ? columns.time(row) : ReadEvent.NO_TIME;
    try {
      var example = reader.example(row);
      if (happened == ReadEvent.NO_TIME) {
        String problem = example.place() + ": " + columns.untimed();
        return new ReadEvent(happened, row, null, problem);
      }
      return new ReadEvent(happened, row, example, null);
    } catch (BadExampleException e) {
      return new ReadEvent(happened, row, null, e.getMessage());
    }
  }

  /**
   * By time; those of one time by the bytes that the model reads, then by the text of the row, so
   * that the order in which they arrive decides nothing.
   */
  void sort(List<ReadEvent> events) {
    events.sort(
        Comparator.comparingLong(ReadEvent::time)
            .thenComparing((a, b) -> Arrays.compareUnsigned(content(a), content(b)))
            .thenComparing(event -> text(event.row())));
  }

  /** With the content of binary columns, which {@code toString} lacks. */
  private static String text(Row row) {
    return row.schema() == null ? row.toString() : row.json();
  }

  private byte[] content(ReadEvent event) {
    return event.example() == null ? NOTHING : bytes.encode(event.example());
  }
}
