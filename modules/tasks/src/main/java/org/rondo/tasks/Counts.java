package org.rondo.tasks;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something was met while rows were encoded, by words that a person reads, such as {@code
 * tokens} and {@code unknown tokens}. Whole numbers: parts are merged in any order.
 */
public final class Counts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Long> values = new TreeMap<>();

  /** Counts n more. */
  public void add(String what, long n) {
    values.merge(what, n, Long::sum);
  }

  /** Adds the counts of another part. */
  public void merge(Counts other) {
    other.values.forEach(this::add);
  }

  /** How often; 0 where it was never met. */
  public long of(String what) {
    return values.getOrDefault(what, 0L);
  }

  /** All of them, in the order of their names. */
  public SortedMap<String, Long> all() {
    return Collections.unmodifiableSortedMap(values);
  }
}
