package org.rondo.models;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody meant who wrote another one. */
public final class Nearest {
  private Nearest() {}

  /**
   * The known key nearest to {@code wanted}; a key whose last part agrees counts as near even under
   * another section. Empty if none is near: more than half of the letters differ.
   */
  public static Optional<String> to(String wanted, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(wanted, k)).thenComparing(k -> k))
        .filter(k -> distance(wanted, k) <= Math.max(1, wanted.length() / 2));
  }

  private static int distance(String wanted, String known) {
    return Math.min(edits(wanted, known), 1 + edits(lastPart(wanted), lastPart(known)));
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance: single letters added, removed or replaced. */
  static int edits(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
