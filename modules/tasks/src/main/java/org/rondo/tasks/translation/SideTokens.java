package org.rondo.tasks.translation;

import java.io.Serializable;
import java.util.List;
import org.rondo.evaluation.texts.TextSpace;
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
  /** Whether {@link #of(Example)} gives tokens; else words, which a vocabulary's merges cut. */
  boolean areTokens() {
    return Tokenizer.named(tokenizer).cutsTokens();
  }

  /** What these are, in the plural. */
  String unit() {
    return areTokens() ? "tokens" : "words";
  }

  /**
   * What the tokenizer cuts a row's text into.
   *
   * @throws org.rondo.tasks.BadExampleException if there is nothing but white space
   */
  List<String> of(Example row) {
    return some(row, Tokenizer.named(tokenizer).tokens(row.text(role), lowercase));
  }

  /**
   * The tokens of a row's text by a vocabulary.
   *
   * @throws org.rondo.tasks.BadExampleException if there is nothing but white space
   */
  List<String> of(Example row, Vocabulary vocabulary) {
    return some(row, vocabulary.tokens(row.text(role)));
  }

  private List<String> some(Example row, List<String> tokens) {
    if (tokens.isEmpty() || TextSpace.isBlank(row.text(role))) {
      throw row.refused(role, "is empty");
    }
    return tokens;
  }
}
