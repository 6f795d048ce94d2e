package org.rondo.frames.prepare;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.rondo.frames.ColumnNames;
import org.rondo.frames.rows.ExampleBytes;
import org.rondo.frames.rows.RowReader;
import org.rondo.ingest.IngestException;
import org.rondo.tasks.BadExampleException;
import org.rondo.tasks.Example;
import scala.Tuple2;

/**
 * Rows of a task with their keys and places. What cannot be read becomes a key as well, so that it
 * reaches the driver as a value and not as a failure of the task.
 */
final class KeyedRows implements Iterator<Tuple2<RowKey, String>> {
  private final Iterator<Row> rows;
  private final RowReader reader;
  private final ExampleBytes bytes;
  private final RowSplit splits;
  private final int order;
  private final long seed;
  private Tuple2<RowKey, String> next;
  private boolean ended;

  /**
   * @param order index of the order value; -1 where there is none
   */
  KeyedRows(
      Iterator<Row> rows,
      RowReader reader,
      ExampleBytes bytes,
      RowSplit splits,
      int order,
      long seed) {
    this.rows = rows;
    this.reader = reader;
    this.bytes = bytes;
    this.splits = splits;
    this.order = order;
    this.seed = seed;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        ended = !rows.hasNext();
        next = ended ? null : keyed(rows.next());
      } catch (RuntimeException e) {
        next = new Tuple2<>(failure(e), "");
        ended = true;
      }
    }
    return next != null;
  }

  @Override
  public Tuple2<RowKey, String> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last row");
    }
    Tuple2<RowKey, String> row = next;
    next = null;
    return row;
  }

  private Tuple2<RowKey, String> keyed(Row row) {
    Example example;
    try {
      example = reader.example(row);
      if (order >= 0 && row.isNullAt(order)) {
        String column = ColumnNames.shown(row.schema().apply(order));
        throw new BadExampleException(
            String.format(
                Locale.ROOT,
                "%s: column %s, which rows are ordered by, has no value",
                example.place(),
                column));
      }
    } catch (BadExampleException e) {
      return new Tuple2<>(RowKey.of(RowKey.REJECTED, seed, utf8(e.getMessage())), "");
    }
    byte[] content = bytes.encode(example);
    if (order >= 0) {
      byte[] by = OrderValue.bytes(row.get(order));
      return new Tuple2<>(RowKey.of(splits.given(), by, seed, content), example.place());
    }
    return new Tuple2<>(splits.of(RowKey.of(splits.given(), seed, content)), example.place());
  }

  private RowKey failure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IngestException) {
        return RowKey.of(RowKey.FAILURE, seed, utf8(cause.getMessage()));
      }
    }
    throw e;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
