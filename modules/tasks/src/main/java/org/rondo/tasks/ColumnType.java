package org.rondo.tasks;

/** What a column of an {@link Example} holds. */
public enum ColumnType {
  /** A text: {@link String}. */
  TEXT,
  /** A class: {@link String}; numbers and flags are taken by their text. */
  LABEL,
  /** A row of words or tags: {@code List<String>}. */
  TOKENS,
  /** What a file holds, such as sound: {@code byte[]}. */
  BYTES,
  /** A number: {@link Double}. */
  NUMBER,
  /**
   * A row of numbers, such as the probabilities of all labels: {@code double[]}. One number stands
   * for a row of one.
   */
  NUMBERS,
  /** Values over time, {@code (T,F)}: {@code float[][]}. One number a step stands for F = 1. */
  SERIES,
  /** As {@link #SERIES}, with NaN where a value is missing. */
  SERIES_WITH_GAPS
}
