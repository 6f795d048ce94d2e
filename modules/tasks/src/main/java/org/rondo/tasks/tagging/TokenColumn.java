package org.rondo.tasks.tagging;

import org.rondo.ingest.text.Lowercase;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ValueException;

/**
 * One of the ids that each token of a row has.
 *
 * @param role of the column that it is read from
 * @param vocabulary its ids; where its tokenizer is {@value #SHAPES}, of the tokens' shapes
 */
record TokenColumn(String role, Vocabulary vocabulary) {
  /** In place of a tokenizer's name: tokens as they are. */
  static final String TAKEN = "tokens";

  /** In place of a tokenizer's name: their shapes. */
  static final String SHAPES = "shapes";

  TokenColumn {
    String reading = vocabulary.tokenizer();
    ValueException.unless(
        reading.equals(TAKEN) || reading.equals(SHAPES),
        "tokenizer",
        reading,
        "must be " + TAKEN + " or " + SHAPES);
  }

  int id(String token) {
    return vocabulary.id(key(token, vocabulary.tokenizer(), vocabulary.lowercase()));
  }

  /** What of a token is looked up. */
  static String key(String token, String reading, boolean lowercase) {
    if (reading.equals(SHAPES)) {
      return WordShape.of(token).word();
    }
    return lowercase ? Lowercase.of(token) : token;
  }
}
