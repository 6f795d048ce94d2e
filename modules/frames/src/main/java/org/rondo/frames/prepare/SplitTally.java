package org.rondo.frames.prepare;

import java.io.Serializable;
import java.util.TreeMap;
import org.rondo.frames.SplitReport;
import org.rondo.tasks.Counts;

/** Counts the rows of a split while they are encoded. */
final class SplitTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Counts counts = new Counts();
  private final TreeMap<String, Long> labels = new TreeMap<>();
  private final TreeMap<Integer, Long> lengths = new TreeMap<>();
  private long rows;

  /** What the task tells while it encodes. */
  Counts counts() {
    return counts;
  }

  void add(int length) {
    rows++;
    lengths.merge(length, 1L, Long::sum);
  }

  void addLabel(String label) {
    labels.merge(label, 1L, Long::sum);
  }

  void merge(SplitTally other) {
    rows += other.rows;
    counts.merge(other.counts);
    other.labels.forEach((label, n) -> labels.merge(label, n, Long::sum));
    other.lengths.forEach((length, n) -> lengths.merge(length, n, Long::sum));
  }

  SplitReport report() {
    int longest = lengths.isEmpty() ? 0 : lengths.lastKey();
    return new SplitReport(rows, length(0.5), length(0.95), longest, labels, counts.all());
  }

  /** The least length that so large a share of the sequences does not exceed. */
  private int length(double share) {
    long seen = 0;
    for (var entry : lengths.entrySet()) {
      seen += entry.getValue();
      if (seen >= share * rows) {
        return entry.getKey();
      }
    }
    return 0;
  }
}
