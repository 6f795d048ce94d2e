package org.rondo.frames.windows;

/** What the times of a series are. */
enum TimeKind {
  /** Days: the milliseconds at which they begin. */
  DATE,
  /** Days with a time: milliseconds. */
  STAMP,
  /** Whole numbers. */
  NUMBER,
  /** None: the rows are counted, from 0. */
  POSITION;

  /** Whether times are on the calendar. */
  boolean isOfCalendar() {
    return this == DATE || this == STAMP;
  }

  /** Of two rows of one series: days are stamps as well. */
  TimeKind with(TimeKind other) {
    return this == other ? this : STAMP;
  }
}
