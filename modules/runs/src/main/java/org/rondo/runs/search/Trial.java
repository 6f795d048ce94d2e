package org.rondo.runs.search;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.rondo.runs.Settings;

/**
 * One configuration of a search.
 *
 * @param number from 1
 * @param changes the searched keys with their values
 * @param settings of its run, which know nothing of the search
 */
public record Trial(int number, SortedMap<String, String> changes, Settings settings) {
  /** Of its folder, within that of the search. */
  static String name(int number) {
    return String.format(Locale.ROOT, "trial-%03d", number);
  }

  /** What it is called in messages. */
  String text() {
    return changes.entrySet().stream()
        .map(Map.Entry::toString)
        .collect(Collectors.joining(", ", "trial " + number + " (", ")"));
  }
}
