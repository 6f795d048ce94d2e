package org.rondo.tasks.tagging;

import java.io.Serializable;
import java.util.List;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.VocabularyPlan;

/** Counts what tokens of one column there are. */
final class ColumnFitting implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String role;
  private final String reading;
  private final boolean lowercase;
  private final int length;
  private final TokenCounts counts = new TokenCounts();

  /**
   * @param reading as {@link TokenColumn} has it
   * @param length ids of each token
   */
  ColumnFitting(String role, String reading, boolean lowercase, int length) {
    this.role = role;
    this.reading = reading;
    this.lowercase = lowercase;
    this.length = length;
  }

  String role() {
    return role;
  }

  TokenCounts counts() {
    return counts;
  }

  void add(List<String> tokens) {
    for (String token : tokens) {
      TokenColumn.parts(token, reading, lowercase).forEach(counts::token);
    }
  }

  TokenColumn column(VocabularyPlan plan) {
    return new TokenColumn(role, counts.vocabulary(reading, lowercase, plan), length);
  }
}
