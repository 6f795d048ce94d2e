package org.rondo.frames;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one split of a prepared dataset holds.
 *
 * @param rows that were encoded
 * @param median steps: half of the sequences are no longer
 * @param most steps: 95 % of the sequences are no longer
 * @param longest steps of the longest sequence
 * @param labels rows of each label, where the task reads one
 * @param counts what else the task counted while it encoded them, such as unknown words
 */
public record SplitReport(
    long rows,
    int median,
    int most,
    int longest,
    Map<String, Long> labels,
    Map<String, Long> counts) {
  /** Among the counts: rows that were left out since no training row has their label or tag. */
  public static final String UNSEEN = "left out for unseen labels";

  public SplitReport {
    // Sorted, so that equal reports are written as equal JSON.
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    var others = new TreeMap<>(counts);
    others.remove("rows"); // many tasks count those that were encoded
    counts = Collections.unmodifiableMap(others);
  }
}
