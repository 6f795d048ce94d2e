package org.rondo.frames.prepare;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;

/** How many rows were refused, and the first of them in the order of their places. */
final class Rejections implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Enough to see what is wrong. */
  static final int SAMPLE = 5;

  private long count;
  private final TreeSet<String> first = new TreeSet<>(new NaturalOrder());

  void add(String message) {
    count++;
    keep(message);
  }

  void merge(Rejections other) {
    count += other.count;
    other.first.forEach(this::keep);
  }

  private void keep(String message) {
    first.add(message);
    if (first.size() > SAMPLE) {
      first.pollLast();
    }
  }

  long count() {
    return count;
  }

  List<String> sample() {
    return List.copyOf(first);
  }
}
