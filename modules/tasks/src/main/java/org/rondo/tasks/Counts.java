package org.rondo.tasks;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rondo.kernels.Counted;

/**
 * How often something was met while rows were encoded, by words in the plural that a person reads,
 * such as {@code tokens} and {@code unknown tokens}. Whole numbers: parts are merged in any order.
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

  /** Of one thing its first word that ends in s, the plural, loses it; one series is a series. */
  private static String one(String what) {
    return what.replaceFirst("(?<!\\bserie)s\\b", "");
  }

  /** For the end of a sentence, such as {@code , 3 cut rows, 9,120 tokens}. */
  public static String listed(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> ", " + Counted.of(each.getValue(), one(each.getKey()), each.getKey()))
        .collect(Collectors.joining());
  }
}
