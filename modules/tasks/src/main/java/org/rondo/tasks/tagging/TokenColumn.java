package org.rondo.tasks.tagging;

import java.util.Collections;
import java.util.List;
import org.rondo.ingest.text.Lowercase;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.ValueException;

/**
 * What of each token becomes ids: the token, its shape or its characters.
 *
 * @param role of the column that it is read from
 * @param vocabulary of what becomes ids, with what that is in place of a tokenizer
 * @param length ids of each token: 1, or of its characters, as many as are read at most
 */
record TokenColumn(String role, Vocabulary vocabulary, int length) {
  /** In place of a tokenizer's name: tokens as they are. */
  static final String TAKEN = "tokens";

  /** In place of a tokenizer's name: their shapes. */
  static final String SHAPES = "shapes";

  /** In place of a tokenizer's name: their characters, of which an id is one higher than here. */
  static final String CHARACTERS = "characters";

  private static final List<String> READINGS = List.of(TAKEN, SHAPES, CHARACTERS);

  TokenColumn {
    String reading = vocabulary.tokenizer();
    ValueException.unless(
        READINGS.contains(reading), "tokenizer", reading, "must be one of " + READINGS);
    ValueException.unless(
        length >= 1 && (length == 1 || reading.equals(CHARACTERS)),
        "length",
        length,
        "must be 1, or >= 1 of characters");
  }

  boolean isOfCharacters() {
    return vocabulary.tokenizer().equals(CHARACTERS);
  }

  /** Below what every id is. */
  int bound() {
    return vocabulary.size() + (isOfCharacters() ? 1 : 0);
  }

  /** The bounds of a token's ids. */
  List<Integer> bounds() {
    return Collections.nCopies(length, bound());
  }

  /** Writes the ids of a token; a word of fewer characters ends with id 0. */
  void write(String token, int[] ids, int at) {
    List<String> parts = parts(token, vocabulary.tokenizer(), vocabulary.lowercase());
    int shift = isOfCharacters() ? 1 : 0;
    for (int i = 0; i < Math.min(length, parts.size()); i++) {
      ids[at + i] = vocabulary.id(parts.get(i)) + shift;
    }
  }

  /** What of a token is looked up. */
  static List<String> parts(String token, String reading, boolean lowercase) {
    return switch (reading) {
      case SHAPES -> List.of(WordShape.of(token).word());
      case CHARACTERS -> token.codePoints().mapToObj(Character::toString).toList();
      default -> List.of(lowercase ? Lowercase.of(token) : token);
    };
  }
}
