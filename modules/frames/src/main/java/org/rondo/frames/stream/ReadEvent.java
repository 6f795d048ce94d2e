package org.rondo.frames.stream;

import org.apache.spark.sql.Row;
import org.rondo.tasks.Example;

/**
 * A row of data as an event.
 *
 * @param time as {@link EventColumns#time} gives it; {@link #NO_TIME} where the row has none
 * @param row as it arrived
 * @param example what is predicted; null where the row cannot be used
 * @param problem why it cannot; else null
 */
record ReadEvent(long time, Row row, Example example, String problem) {
  static final long NO_TIME = Long.MIN_VALUE;
}
