package org.rondo.frames.anomalies;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The alarms of a partition, whose steps lie by series and time; holds one of them. */
final class AlarmRows implements Iterator<Row> {
  private static final int SERIES = 0;
  private static final int TIME = 1;
  private static final int SCORE = 2;
  private static final int LABEL = 3;
  private static final int CONTRIBUTIONS = 4;

  private final Iterator<Row> steps;
  private Row step;
  private Row next;

  AlarmRows(Iterator<Row> steps) {
    this.steps = steps;
    advance();
    find();
  }

  /** To the next step that has a score; others neither begin nor end an alarm. */
  private void advance() {
    step = null;
    while (step == null && steps.hasNext()) {
      Row row = steps.next();
      step = row.isNullAt(SCORE) ? null : row;
    }
  }

  private boolean isAlarm() {
    return step != null && step.getDouble(LABEL) > 0;
  }

  private void find() {
    while (step != null && !isAlarm()) {
      advance();
    }
    next = step == null ? null : alarm();
  }

  private Row alarm() {
    String series = step.getString(SERIES);
    String begin = step.getString(TIME);
    String end = begin;
    long length = 0;
    double score = 0;
    var shares = new TreeMap<String, Double>();
    while (isAlarm() && step.getString(SERIES).equals(series)) {
      end = step.getString(TIME);
      length++;
      score = Math.max(score, step.getDouble(SCORE));
      if (!step.isNullAt(CONTRIBUTIONS)) {
        step.<String, Double>getJavaMap(CONTRIBUTIONS)
            .forEach((channel, share) -> shares.merge(channel, share, Double::sum));
      }
      advance();
    }
    String channel =
        shares.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(Map.Entry::getKey)
            .orElse(null);
    return RowFactory.create(series, begin, end, length, score, channel);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException("after the last alarm");
    }
    Row found = next;
    find();
    return found;
  }
}
