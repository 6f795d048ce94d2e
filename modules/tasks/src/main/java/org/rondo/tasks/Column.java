package org.rondo.tasks;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.rondo.kernels.ValueException;

/**
 * A column that a task reads or writes.
 *
 * @param role what the task calls it, such as {@code text} or {@code label}; the configuration says
 *     by {@code data.columns.ROLE} which column of the data that is
 * @param type of its values
 * @param when the column must be there
 * @param names of the numbers of {@link ColumnType#NUMBERS}, such as the labels whose probabilities
 *     they are; empty where they have none
 */
public record Column(String role, ColumnType type, Need when, List<String> names)
    implements Serializable {
  /** When a column must be there. */
  public enum Need {
    /** To train, to evaluate and to predict. */
    ALWAYS,
    /** To train and to evaluate. */
    TO_LEARN,
    /** Where the data has it. */
    OPTIONAL,
    /** To train and to evaluate, where the configuration names a column for it. */
    IF_NAMED
  }

  public Column {
    ValueException.unlessGiven("role", role);
    ValueException.unlessGiven("type", type);
    ValueException.unlessGiven("when", when);
    names = List.copyOf(names);
  }

  /** A column without names. */
  public Column(String role, ColumnType type, Need when) {
    this(role, type, when, List.of());
  }

  /** Whether what is predicted may depend on it. */
  public boolean isInput() {
    return when == Need.ALWAYS || when == Need.OPTIONAL;
  }

  /**
   * The columns that there are for a configuration.
   *
   * @param named roles that it names a column for
   */
  public static List<Column> given(List<Column> columns, Set<String> named) {
    return columns.stream()
        .filter(column -> column.when() != Need.IF_NAMED || named.contains(column.role()))
        .toList();
  }

  /** What a predicted value is shown as: numbers that have names by these, in their order. */
  public Object shown(Object value) {
    if (names.isEmpty()) {
      return value;
    }
    double[] numbers = (double[]) value;
    var named = new LinkedHashMap<String, Double>();
    for (int i = 0; i < numbers.length; i++) {
      named.put(names.get(i), numbers[i]);
    }
    return named;
  }
}
