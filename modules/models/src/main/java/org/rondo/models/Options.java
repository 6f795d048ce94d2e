package org.rondo.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rondo.kernels.ValueException;

/**
 * What a member of an open set lets a user choose: values by name, as configuration and JSON give
 * them. Which names there are, and their defaults, the member knows.
 *
 * @param values in the order of their names
 */
public record Options(@JsonValue Map<String, String> values) {
  /** Nothing chosen. */
  public static final Options NONE = new Options(Map.of());

  @JsonCreator
  public Options {
    // Sorted, so that equal options are written as equal JSON.
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    values.forEach((name, value) -> ValueException.unlessGiven(name, value));
  }

  /** As a report shows them behind their owner: {@code , pooling = mean}, and so on. */
  public String words() {
    var words = new StringBuilder();
    values.forEach((name, value) -> words.append(", ").append(name).append(" = ").append(value));
    return words.toString();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /**
   * Refuses names that are none of {@code known}.
   *
   * @param owner whose options they are, for the message
   * @throws IllegalArgumentException if there is one
   */
  public void requireKnown(String owner, Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new ValueException(
            ValueException.OPTION + name,
            values.get(name),
            String.format(
                Locale.ROOT, "%s has no such option; it has %s", owner, new TreeSet<>(known)));
      }
    }
  }

  /** The option as true or false; false where it is not given. */
  public boolean flag(String name) {
    return choice(name, "false", "true").equals("true");
  }

  /**
   * One of some words.
   *
   * @param otherwise where it is not given; allowed too
   * @throws IllegalArgumentException if the value is none of them
   */
  public String choice(String name, String otherwise, String... others) {
    String value = values.getOrDefault(name, otherwise);
    var allowed = new ArrayList<String>();
    allowed.add(otherwise);
    Collections.addAll(allowed, others);
    if (!allowed.contains(value)) {
      throw new ValueException(ValueException.OPTION + name, value, "must be one of " + allowed);
    }
    return value;
  }

  /**
   * A decimal number &gt;= 0.
   *
   * @param otherwise where it is not given
   * @throws IllegalArgumentException if the value is none
   */
  public double number(String name, double otherwise) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,9}([.][0-9]{1,18})?")) {
      throw new ValueException(ValueException.OPTION + name, value, "must be a number >= 0");
    }
    return Double.parseDouble(value);
  }

  /**
   * A whole number &gt;= 0.
   *
   * @param otherwise where it is not given
   * @throws IllegalArgumentException if the value is none
   */
  public int whole(String name, int otherwise) {
    String value = values.getOrDefault(name, Integer.toString(otherwise));
    if (!value.matches("[0-9]{1,9}")) {
      throw new ValueException(ValueException.OPTION + name, value, "must be a whole number >= 0");
    }
    return Integer.parseInt(value);
  }
}
