package org.rondo.tasks;

import org.rondo.kernels.ValueException;

/**
 * A column that a task reads or writes.
 *
 * @param role what the task calls it, such as {@code text} or {@code label}; the configuration says
 *     by {@code data.columns.ROLE} which column of the data that is
 * @param type of its values
 * @param when the column must be there
 */
public record Column(String role, ColumnType type, Need when) {
  /** When a column must be there. */
  public enum Need {
    /** To train, to evaluate and to predict. */
    ALWAYS,
    /** To train and to evaluate. */
    TO_LEARN,
    /** Where the data has it. */
    OPTIONAL
  }

  public Column {
    ValueException.unlessGiven("role", role);
    ValueException.unlessGiven("type", type);
    ValueException.unlessGiven("when", when);
  }
}
