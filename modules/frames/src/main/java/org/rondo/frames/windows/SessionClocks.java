package org.rondo.frames.windows;

import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of timestamps that are read in a zone whose clocks are put forward and back: one hour of
 * the year is then missing, and one is there twice.
 */
final class SessionClocks {
  private static final Logger LOG = LoggerFactory.getLogger(SessionClocks.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private SessionClocks() {}

  /**
   * Warns once in a process.
   *
   * @param time name of the column of times; empty for none
   */
  static void warnOf(Dataset<Row> rows, String time) {
    if (time.isEmpty() || !rows.schema().apply(time).dataType().equals(DataTypes.TimestampType)) {
      return;
    }
    String zone = rows.sparkSession().conf().get("spark.sql.session.timeZone");
    if (change(DateTimeUtils.getZoneId(zone)) && WARNED.compareAndSet(false, true)) {
      LOG.warn(
          "column {} holds timestamps, which are read in the session's zone {}; where its clocks are put back, an hour is there twice: for steps of hours or less set spark.sql.session.timeZone = UTC",
          time,
          zone);
    }
  }

  /** Whether clocks of a zone are put forward and back every year. */
  static boolean change(ZoneId zone) {
    return !zone.getRules().getTransitionRules().isEmpty();
  }
}
