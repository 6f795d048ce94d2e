package org.rondo.frames.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the events of one key in a micro-batch. Spark's state of the key is a row: the bytes of
 * its hidden state, the time of its newest event, and the events that wait for the watermark.
 */
final class KeyedScoring implements FlatMapGroupsWithStateFunction<Row, Row, Row, Row> {
  static final String STATE = "state";
  static final String LAST = "last";

  private static final long serialVersionUID = 1L;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final String WAITING = "waiting";

  private final EventReader reader;
  private final EventScoring scoring;
  private final boolean byWatermark;
  private final long gapMillis;

  KeyedScoring(EventReader reader, EventScoring scoring, StreamPlan plan) {
    this.reader = reader;
    this.scoring = scoring;
    this.byWatermark = plan.isByWatermark();
    this.gapMillis = plan.gap().toMillis();
  }

  /** What follows the key in a table of states. */
  static List<StructField> fields() {
    return List.of(
        DataTypes.createStructField(STATE, DataTypes.BinaryType, true),
        DataTypes.createStructField(LAST, DataTypes.LongType, true));
  }

  /** Of a key's state over events of that schema. */
  static StructType stateSchema(StructType events) {
    var fields = new ArrayList<>(fields());
    fields.add(DataTypes.createStructField(WAITING, DataTypes.createArrayType(events), true));
    return DataTypes.createStructType(fields);
  }

  /** A state of a table as one of a key. */
  static Row initial(Object state, Object last) {
    return RowFactory.create(state, last, new Object[0]);
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> arrived, GroupState<Row> group) {
    if (group.hasTimedOut() && !byWatermark) {
      group.remove();
      return Collections.emptyIterator();
    }
    KeyProgress progress;
    var events = new ArrayList<ReadEvent>();
    if (group.exists()) {
      Row state = group.get();
      progress = scoring.resume(state.<byte[]>getAs(0), state.getLong(1));
      state.<Row>getList(2).forEach(row -> events.add(reader.read(row)));
    } else {
      progress = scoring.start();
    }
    arrived.forEachRemaining(row -> events.add(reader.read(row)));
    reader.sort(events);
    int due = byWatermark ? due(events, group.getCurrentWatermarkMs()) : events.size();
    List<ReadEvent> ready = events.subList(0, due);
    List<Row> rows = scoring.score(List.of(new KeyProgress.Step(progress, ready)));
    keep(group, progress, events.subList(due, events.size()));
    return rows.iterator();
  }

  /** How many of these events the watermark has passed. */
  private static int due(List<ReadEvent> events, long watermarkMillis) {
    int due = 0;
    while (due < events.size() && events.get(due).time() <= watermarkMillis * MICROS_PER_MILLI) {
      due++;
    }
    return due;
  }

  private void keep(GroupState<Row> group, KeyProgress progress, List<ReadEvent> waiting) {
    boolean silent = waiting.isEmpty() && gapMillis > 0 && progress.last() != ReadEvent.NO_TIME;
    long forgotten = silent ? ceilMillis(progress.last()) + gapMillis : 0;
    if (byWatermark && silent && forgotten <= group.getCurrentWatermarkMs()) {
      if (group.exists()) {
        group.remove();
      }
      return;
    }
    Object[] rows = waiting.stream().map(ReadEvent::row).toArray();
    group.update(RowFactory.create(scoring.bytes(progress), progress.last(), rows));
    if (!byWatermark) {
      if (gapMillis > 0) {
        group.setTimeoutDuration(gapMillis);
      }
    } else if (!waiting.isEmpty()) {
      group.setTimeoutTimestamp(ceilMillis(waiting.get(0).time()));
    } else if (silent) {
      group.setTimeoutTimestamp(forgotten);
    }
  }

  /** A watermark that has passed it has passed that time. */
  private static long ceilMillis(long micros) {
    return -Math.floorDiv(-micros, MICROS_PER_MILLI);
  }
}
