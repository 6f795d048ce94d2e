package org.rondo.evaluation.forecasts;

import java.util.Arrays;
import java.util.List;

/** Levels of prediction intervals: how often the value is to lie in them, in percent. */
public final class IntervalLevels {
  /** What they must be, for a message. */
  public static final String RULE = "must be whole numbers from 1 to 99, each once, such as 80,95";

  private IntervalLevels() {}

  /**
   * Levels as a person writes them.
   *
   * @param words between commas; blank for none
   * @return rising
   * @throws IllegalArgumentException if one is no level, or there twice: the {@link #RULE}
   */
  public static List<Integer> of(String words) {
    if (words.isBlank()) {
      return List.of();
    }
    String[] given = words.split(",", -1);
    List<Integer> levels =
        Arrays.stream(given)
            .map(String::strip)
            .filter(word -> word.matches("[1-9][0-9]?"))
            .map(Integer::valueOf)
            .distinct()
            .sorted()
            .toList();
    if (levels.size() < given.length) {
      throw new IllegalArgumentException(RULE);
    }
    return levels;
  }

  /** Column of the lower ends of an interval. */
  public static String lower(int level) {
    return "lower_" + level;
  }

  /** Column of the upper ends of an interval. */
  public static String upper(int level) {
    return "upper_" + level;
  }

  /** As they are written, between commas. */
  public static String words(List<Integer> levels) {
    return String.join(",", levels.stream().map(String::valueOf).toList());
  }
}
