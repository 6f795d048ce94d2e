package org.rondo.tasks.translation;

import java.io.Serializable;
import java.util.List;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Example;

/**
 * How the texts of one side become tokens.
 *
 * @param role of their column
 * @param tokenizer its name
 * @param lowercase whether letters are made small first
 */
record SideTokens(String role, String tokenizer, boolean lowercase) implements Serializable {
  /**
   * The tokens of a row's text.
   *
   * @throws org.rondo.tasks.BadExampleException if there is none
   */
  List<String> of(Example row) {
    return some(row, Tokenizer.named(tokenizer).tokens(row.text(role), lowercase));
  }

  /**
   * As above, by a vocabulary, whose merges may take words apart.
   *
   * @throws org.rondo.tasks.BadExampleException if there is none
   */
  List<String> of(Example row, Vocabulary vocabulary) {
    return some(row, vocabulary.tokens(row.text(role)));
  }

  private List<String> some(Example row, List<String> tokens) {
    if (tokens.isEmpty()) {
      throw row.refused(role, "is empty");
    }
    return tokens;
  }
}
