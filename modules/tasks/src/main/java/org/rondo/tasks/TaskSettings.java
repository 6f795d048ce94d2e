package org.rondo.tasks;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.rondo.kernels.ValueException;

/**
 * The keys of one task with their values, as text: {@code reference.conf} has checked which keys
 * there are and of which type. What is refused names the whole key.
 */
public final class TaskSettings {
  private final String section;
  private final SortedMap<String, String> values;

  /**
   * @param section that the keys stand in: the task's name
   * @param values by the names of the keys within the section
   */
  public TaskSettings(String section, SortedMap<String, String> values) {
    this.section = section;
    this.values = new TreeMap<>(values);
  }

  /** A text; empty if none is given. */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "no key %s.%s in reference.conf", section, key));
    }
    return value;
  }

  /**
   * One of some words.
   *
   * @throws IllegalArgumentException if it is another
   */
  public String choice(String key, List<String> words) {
    String value = text(key);
    if (!words.contains(value)) {
      throw refusal(key, "must be one of " + words);
    }
    return value;
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if it is none, or below {@code least} or above {@code most}
   */
  public int whole(String key, int least, int most) {
    String rule = String.format(Locale.ROOT, "must be a whole number from %d to %d", least, most);
    return parsed(key, Integer::parseInt, value -> value >= least && value <= most, rule);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if it is none, or below {@code least} or above {@code most}
   */
  public double number(String key, double least, double most) {
    String rule = String.format(Locale.ROOT, "must be a number from %s to %s", least, most);
    return parsed(key, Double::parseDouble, value -> value >= least && value <= most, rule);
  }

  private <N> N parsed(String key, Function<String, N> parser, Predicate<N> allowed, String rule) {
    try {
      N value = parser.apply(text(key));
      if (allowed.test(value)) {
        return value;
      }
      throw refusal(key, rule);
    } catch (NumberFormatException e) {
      throw refusal(key, rule);
    }
  }

  /** True or false. */
  public boolean flag(String key) {
    return choice(key, List.of("true", "false")).equals("true");
  }

  /** All values by the names of their keys, such as a prepared dataset records. */
  public SortedMap<String, String> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** That the value of a key cannot be used. */
  public ValueException refusal(String key, String rule) {
    return new ValueException(section + "." + key, values.get(key), rule);
  }
}
