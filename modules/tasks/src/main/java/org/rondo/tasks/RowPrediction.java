package org.rondo.tasks;

import java.util.Map;

/**
 * What was predicted for a row, or why nothing was.
 *
 * @param values of the {@link Decoder#columns}, by role; empty where there is a problem
 * @param problem place, column and reason; null where there is none
 */
public record RowPrediction(Map<String, Object> values, String problem) {
  /** Whether the row could be used. */
  public boolean isPredicted() {
    return problem == null;
  }
}
