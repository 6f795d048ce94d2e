package org.rondo.ingest.sequences;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many sequences there are of each length. Lengths above {@value #EXACT} are rounded up to one
 * of 64 lengths between a power of two and the next, so that there are never more than some 1,700.
 */
public final class LengthCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int EXACT = 128;
  private static final int BITS = 6;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();

  /** Of no sequence yet. */
  LengthCounts() {}

  /**
   * Of what {@link #counts} gave.
   *
   * @throws IllegalArgumentException if a length or a count is none
   */
  @JsonCreator
  static LengthCounts of(Map<Integer, Long> counts) {
    var made = new LengthCounts();
    counts.forEach(
        (length, count) -> {
          if (length == null || count == null || length < 0 || count < 1) {
            throw new IllegalArgumentException(
                String.format(Locale.ROOT, "sequences: %s sequences of length %s", count, length));
          }
          made.counts.merge(length, count, Math::addExact);
        });
    return made;
  }

  /** Counts a sequence. */
  void add(int length) {
    counts.merge(rounded(length), 1L, Long::sum);
  }

  /** Counts those of others as well. */
  void addAll(LengthCounts others) {
    others.counts.forEach((length, count) -> counts.merge(length, count, Math::addExact));
  }

  private static int rounded(int length) {
    if (length <= EXACT) {
      return length;
    }
    int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length - 1) - BITS;
    long up = (((length - 1L) >> shift) + 1) << shift;
    return (int) Math.min(up, Integer.MAX_VALUE);
  }

  /** By length, shortest first. */
  @JsonValue
  public SortedMap<Integer, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** Of all lengths together. */
  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LengthCounts those && counts.equals(those.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
