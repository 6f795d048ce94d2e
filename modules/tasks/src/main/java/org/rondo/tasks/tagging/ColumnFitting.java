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
  private final TokenCounts counts = new TokenCounts();

  /**
   * @param reading as {@link TokenColumn} has it
   */
  ColumnFitting(String role, String reading, boolean lowercase) {
    this.role = role;
    this.reading = reading;
    this.lowercase = lowercase;
  }

  String role() {
    return role;
  }

  TokenCounts counts() {
    return counts;
  }

  void add(List<String> tokens) {
    tokens.forEach(token -> counts.token(TokenColumn.key(token, reading, lowercase)));
  }

  TokenColumn column(VocabularyPlan plan) {
    return new TokenColumn(role, counts.vocabulary(reading, lowercase, plan));
  }
}
