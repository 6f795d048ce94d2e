package org.rondo.tasks;

import java.io.Serializable;
import java.util.TreeMap;

/** How often each label occurs in the training rows. Whole numbers, merged in any order. */
public final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Long> counts = new TreeMap<>();

  /** Counts a label once more. */
  public void add(String label) {
    counts.merge(label, 1L, Long::sum);
  }

  /** Adds the counts of another part. */
  public void merge(LabelCounts other) {
    other.counts.forEach((label, count) -> counts.merge(label, count, Long::sum));
  }

  /** Different labels. */
  public int size() {
    return counts.size();
  }

  /** All labels in text order, so that the order of the rows decides nothing. */
  public LabelSet labels() {
    return new LabelSet(
        counts.entrySet().stream()
            .map(each -> new LabelSet.Label(each.getKey(), each.getValue()))
            .toList());
  }
}
