package org.rondo.frames.windows;

import java.util.List;

/** One series of n steps on a regular grid of time, without a missing value. Not modified. */
final class Series {
  private final String id;
  private final List<String> channels;
  private final TimeKind kind;
  private final long[] times;
  private final double[][] values;
  private final Frequency frequency;
  private final long[] tally;

  /**
   * @param id its name
   * @param channels names of the C channels
   * @param kind of the times
   * @param times {@code (n)}
   * @param values {@code (n,C)}
   * @param frequency of the times, also of those to come
   * @param tally filled steps, filled values, dropped steps before the first value, dropped equal
   *     rows
   */
  Series(
      String id,
      List<String> channels,
      TimeKind kind,
      long[] times,
      double[][] values,
      Frequency frequency,
      long[] tally) {
    this.id = id;
    this.channels = channels;
    this.kind = kind;
    this.times = times;
    this.values = values;
    this.frequency = frequency;
    this.tally = tally;
  }

  String id() {
    return id;
  }

  List<String> channels() {
    return channels;
  }

  TimeKind kind() {
    return kind;
  }

  /** {@code (n)}. */
  long[] times() {
    return times;
  }

  /** {@code (n,C)}. */
  double[][] values() {
    return values;
  }

  long[] tally() {
    return tally;
  }

  /** n. */
  int length() {
    return times.length;
  }

  /** A time of the series as it is written. */
  String time(int t) {
    return new TimeValue(times[t], kind).text();
  }

  /** The time so many steps behind the last one, as it is written. */
  String later(int steps) {
    long last = times[times.length - 1];
    return new TimeValue(frequency.plus(last, steps), kind).text();
  }

  /** For a message. */
  String name() {
    return id.isEmpty() ? "the series" : "series " + id;
  }
}
