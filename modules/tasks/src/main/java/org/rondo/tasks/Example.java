package org.rondo.tasks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A row of data, free of Spark: the same for a job, a stream and a plain JVM. Immutable; what it
 * hands out is not to be modified.
 */
public final class Example {
  private final Supplier<String> place;
  private final Map<String, Object> values;
  private final Map<String, String> columns;

  /**
   * @param place where it was read, for errors: a file with its line, or the number of a row
   * @param values by role, of the class that {@link ColumnType} says; null values count as missing
   */
  public Example(String place, Map<String, ?> values) {
    this(place, values, Map.of());
  }

  /**
   * An example of columns with other names.
   *
   * @param columns the column of each role, for errors; a role that is missing has one of its name
   */
  public Example(String place, Map<String, ?> values, Map<String, String> columns) {
    this(() -> place, new HashMap<>(values), columns);
    this.values.values().removeIf(value -> value == null);
  }

  private Example(Supplier<String> place, Map<String, Object> values, Map<String, String> columns) {
    this.place = place;
    this.values = values;
    this.columns = columns;
  }

  /**
   * An example without copies, for what makes many: few of them are ever named in an error.
   *
   * @param place as above, asked for when an error names it
   * @param values as above, without null; the example's from now on
   * @param columns as above
   */
  public static Example handedOver(
      Supplier<String> place, Map<String, Object> values, Map<String, String> columns) {
    return new Example(place, values, columns);
  }

  /** Where it was read. */
  public String place() {
    return place.get();
  }

  /** Whether the column has a value here. */
  public boolean has(String role) {
    return values.containsKey(role);
  }

  /**
   * A text or label.
   *
   * @throws BadExampleException if there is none
   */
  public String text(String role) {
    return value(role, String.class);
  }

  /**
   * A row of words or tags.
   *
   * @throws BadExampleException if there is none, or one of its elements is no text
   */
  @SuppressWarnings("unchecked") // every element is looked at
  public List<String> tokens(String role) {
    List<?> tokens = value(role, List.class);
    int place = 0;
    for (Object token : tokens) {
      if (!(token instanceof String)) {
        String found = token == null ? "null" : token.getClass().getSimpleName() + ", not String,";
        throw refused(role, String.format(Locale.ROOT, "holds %s at place %d", found, place));
      }
      place++;
    }
    return (List<String>) tokens;
  }

  /**
   * What a file holds.
   *
   * @throws BadExampleException if there is none
   */
  public byte[] bytes(String role) {
    return value(role, byte[].class);
  }

  /**
   * A number.
   *
   * @throws BadExampleException if there is none
   */
  public double number(String role) {
    return value(role, Double.class);
  }

  /**
   * A row of numbers.
   *
   * @throws BadExampleException if there is none
   */
  public double[] numbers(String role) {
    return value(role, double[].class);
  }

  /**
   * A row of finite numbers.
   *
   * @throws BadExampleException if there is none, or one of its numbers is not finite
   */
  public double[] finiteNumbers(String role) {
    double[] numbers = numbers(role);
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw refused(role, String.format(Locale.ROOT, "holds %s at place %d", numbers[i], i));
      }
    }
    return numbers;
  }

  /**
   * Values over time, {@code (T,F)}.
   *
   * @throws BadExampleException if there is none
   */
  public float[][] series(String role) {
    return value(role, float[][].class);
  }

  private <V> V value(String role, Class<V> type) {
    Object value = values.get(role);
    if (value == null) {
      throw refused(role, "has no value");
    }
    if (!type.isInstance(value)) {
      throw refused(
          role,
          String.format(
              Locale.ROOT,
              "holds %s, not %s",
              value.getClass().getSimpleName(),
              type.getSimpleName()));
    }
    return type.cast(value);
  }

  /** That this row cannot be used. */
  public BadExampleException refused(String role, String problem) {
    return new BadExampleException(sentence(role, problem));
  }

  /** That this row has a label or tag that no training row has, which preparation counts. */
  public UnseenLabelException unseen(String role, String problem) {
    return new UnseenLabelException(sentence(role, problem));
  }

  private String sentence(String role, String problem) {
    return String.format(
        Locale.ROOT, "%s: column %s %s", place(), columns.getOrDefault(role, role), problem);
  }
}
