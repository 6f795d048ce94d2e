package org.rondo.tasks;

import java.util.List;

/**
 * How a task scores the events of a key, where it remembers more of them than the network does:
 * what it expected, how large its errors were. What it remembers stands in numbers beside the
 * hidden state, so that scores are bit-identical however events arrive.
 */
public interface EventFeatures {
  /** What is read of each event. */
  List<Column> columns();

  /** Numbers that it remembers of each key; all 0 before the first event. */
  int memory();

  /**
   * Goes on with a key.
   *
   * @param memory as {@link KeyJudge#save} left it; not modified
   */
  KeyJudge begin(double[] memory);
}
