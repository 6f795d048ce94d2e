package org.rondo.evaluation.texts;

import java.io.Serializable;
import java.util.Map;

/**
 * A figure of texts of a whole corpus against one reference each. It is a function of counts, whole
 * numbers that are added up in any order. Immutable.
 */
public interface TextScore extends Serializable {
  /** Such as {@code bleu}. */
  String name();

  /** What was computed, in the form in which sacreBLEU writes it. */
  String signature();

  /** Length of its vector of sums. */
  int sums();

  /**
   * Adds the counts of one text.
   *
   * @param sums {@code (sums())}
   */
  void add(String predicted, String reference, double[] sums);

  /**
   * The figure of all texts.
   *
   * @return NaN where there was no text
   */
  double value(double[] sums);

  /** Further figures behind it, by name. */
  default Map<String, Double> details(double[] sums) {
    return Map.of();
  }
}
