package org.rondo.tasks;

import java.util.Locale;
import org.rondo.ingest.sequences.Sequence;

/**
 * How much a row counts among those that are learned: as many rows do that are equal to it. What it
 * adds to the loss is multiplied by its weight over the mean weight of all rows of its split.
 */
public final class RowWeight {
  private static final String ROLE = "weight";

  /** Its column, which there is only where the configuration names one. */
  public static final Column COLUMN = new Column(ROLE, ColumnType.NUMBER, Column.Need.IF_NAMED);

  private RowWeight() {}

  /**
   * The sequence of a row with its weight; 1 where it has none.
   *
   * @throws BadExampleException if that is negative, or no finite number
   */
  public static Sequence with(Sequence sequence, Example row) {
    return row.has(ROLE) ? sequence.withWeight(of(row)) : sequence;
  }

  /**
   * Checks a row's weight.
   *
   * @throws BadExampleException as {@link #with}
   */
  public static void check(Example row) {
    if (row.has(ROLE)) {
      of(row);
    }
  }

  private static float of(Example row) {
    double weight = row.number(ROLE);
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw row.refused(
          ROLE,
          String.format(
              Locale.ROOT, "holds %s; a weight must be a finite number at least 0", weight));
    }
    return (float) weight;
  }
}
