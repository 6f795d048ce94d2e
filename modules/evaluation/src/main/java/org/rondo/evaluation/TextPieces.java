package org.rondo.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.rondo.ingest.text.Tokenizer;

/**
 * Joins tokens to a text that is handed on piece by piece, each as soon as no later token can
 * change it.
 */
final class TextPieces {
  private final Tokenizer tokenizer;
  private final Consumer<String> pieces;

  /** Tokens without which the text of the next one is not known. */
  private final List<String> open;

  /** What of their text was handed on. */
  private String handed;

  /**
   * @param before tokens whose text was handed on
   */
  TextPieces(Tokenizer tokenizer, List<String> before, Consumer<String> pieces) {
    this.tokenizer = tokenizer;
    this.pieces = pieces;
    open = new ArrayList<>(before);
    handed = tokenizer.join(before);
  }

  void add(String token) {
    open.add(token);
    if (tokenizer.joinsPairwise()) {
      handOn();
      open.subList(0, open.size() - 1).clear();
      handed = tokenizer.join(open);
    } else if (tokenizer.isComplete(open)) {
      handOn();
      open.clear();
      handed = "";
    }
  }

  /** The text ends here: hands on what is left of it. */
  void end() {
    handOn();
  }

  private void handOn() {
    String text = tokenizer.join(open);
    pieces.accept(text.startsWith(handed) ? text.substring(handed.length()) : text);
  }
}
