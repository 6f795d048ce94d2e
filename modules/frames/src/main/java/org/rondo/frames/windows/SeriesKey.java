package org.rondo.frames.windows;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.rondo.frames.rows.Placed;

/**
 * Where a row comes among the rows of all series: by series, by its place in time or else in its
 * file, and by its values, so that equal rows are next to each other and their order is theirs
 * alone. Not a record, since Spark's other serializer cannot restore records.
 */
final class SeriesKey implements Placed, Serializable, Comparable<SeriesKey> {
  private static final long serialVersionUID = 1L;

  /** What a row is. */
  enum Kind {
    STEP,
    /** A step whose values cannot be used, at a known time; its place says why. */
    REFUSED_STEP,
    /** It cannot be used; its place says why. */
    REJECTED,
    /** The source cannot be read; the place says why. */
    FAILURE
  }

  private static final Comparator<SeriesKey> ORDER =
      Comparator.<SeriesKey, Kind>comparing(key -> key.isStep() ? Kind.STEP : key.kind)
          .thenComparing(key -> key.id)
          .thenComparing(key -> key.file)
          .thenComparingLong(key -> key.start)
          .thenComparingLong(key -> key.time)
          .thenComparing(key -> key.values, Arrays::compare)
          .thenComparing(key -> key.place);

  private final Kind kind;
  private final String id;
  private final String file;
  private final long start;
  private final long time;
  private final TimeKind timeKind;
  private final double[] values;
  private final String place;

  private SeriesKey(
      Kind kind,
      String id,
      String file,
      long start,
      long time,
      TimeKind timeKind,
      double[] values,
      String place) {
    this.kind = kind;
    this.id = id;
    this.file = file;
    this.start = start;
    this.time = time;
    this.timeKind = timeKind;
    this.values = values;
    this.place = place;
  }

  /** A step at a time. */
  static SeriesKey at(TimeValue time, String id, double[] values, String place) {
    return new SeriesKey(Kind.STEP, id, "", 0, time.value(), time.kind(), values, place);
  }

  /**
   * A step whose values cannot be used.
   *
   * @param message its place, a colon, and the reason
   */
  static SeriesKey refused(TimeValue time, String id, int channels, String message) {
    var none = new double[channels];
    Arrays.fill(none, Double.NaN);
    return new SeriesKey(Kind.REFUSED_STEP, id, "", 0, time.value(), time.kind(), none, message);
  }

  /**
   * A step that is ordered by its place.
   *
   * @param start byte at which the piece of the file begins
   * @param row of that piece
   */
  static SeriesKey in(String file, long start, long row, String id, double[] values, String place) {
    return new SeriesKey(Kind.STEP, id, file, start, row, TimeKind.POSITION, values, place);
  }

  /** What is no step. */
  static SeriesKey of(Kind kind, String message) {
    return new SeriesKey(kind, message, "", 0, 0, TimeKind.POSITION, new double[0], message);
  }

  Kind kind() {
    return kind;
  }

  /** Name of the series, or the message. */
  String id() {
    return id;
  }

  long time() {
    return time;
  }

  TimeKind timeKind() {
    return timeKind;
  }

  /** {@code (C)}, NaN where a value is missing. */
  double[] values() {
    return values;
  }

  /** Where it was read. */
  String place() {
    return place;
  }

  /** Whether its series and its place in that are known. */
  boolean isStep() {
    return kind == Kind.STEP || kind == Kind.REFUSED_STEP;
  }

  /** Whether both are steps of the same series. */
  boolean isBeside(SeriesKey other) {
    return isStep() && other.isStep() && id.equals(other.id);
  }

  /** The part of so many that has its series. */
  @Override
  public int part(int parts) {
    return Math.floorMod(id.hashCode(), parts);
  }

  @Override
  public int compareTo(SeriesKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeriesKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return id.hashCode() + Long.hashCode(time);
  }
}
