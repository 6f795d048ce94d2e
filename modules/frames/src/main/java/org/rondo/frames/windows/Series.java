package org.rondo.frames.windows;

import java.util.List;

/**
 * One series on a regular grid of time: n known steps without a missing value, and behind them
 * steps of which only other columns than the targets are known. Not modified.
 */
final class Series {
  private final String id;
  private final List<String> channels;
  private final TimeKind kind;
  private final long[] times;
  private final double[][] values;
  private final Frequency frequency;
  private final long[] tally;
  private final int known;

  /**
   * @param id its name
   * @param channels names of the C channels
   * @param kind of the times
   * @param times {@code (n + m)}
   * @param values {@code (n + m,C + E)}, those of the channels first
   * @param known n
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
      int known,
      Frequency frequency,
      long[] tally) {
    this.id = id;
    this.channels = channels;
    this.kind = kind;
    this.times = times;
    this.values = values;
    this.frequency = frequency;
    this.tally = tally;
    this.known = known;
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

  /** {@code (n + m)}. */
  long[] times() {
    return times;
  }

  /** {@code (n + m,C + E)}. */
  double[][] values() {
    return values;
  }

  long[] tally() {
    return tally;
  }

  /** n. */
  int length() {
    return known;
  }

  /** m. */
  int toCome() {
    return times.length - known;
  }

  /** A time of the series as it is written. */
  String time(int t) {
    return new TimeValue(times[t], kind).text();
  }

  /** The time so many steps behind the last known one, as it is written. */
  String later(int steps) {
    long last = times[known - 1];
    return new TimeValue(frequency.plus(last, steps), kind).text();
  }

  /** For a message. */
  String name() {
    return id.isEmpty() ? "the series" : "series " + id;
  }
}
