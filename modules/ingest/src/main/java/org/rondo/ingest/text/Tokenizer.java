package org.rondo.ingest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rondo.ingest.IngestException;
import org.rondo.kernels.OpenSet;

/** Cuts text into tokens and joins tokens to text again. An {@link OpenSet}. */
public interface Tokenizer {
  /**
   * The tokens of one text, piece by piece: holds no more than the token in progress, however long
   * a line is.
   */
  interface Cutter {
    /** The next piece of text; a piece never ends between the two chars of a surrogate pair. */
    void accept(char[] chars, int from, int length);

    /** The text breaks off here: ends the token in progress. */
    void flush();

    /**
     * The text goes on elsewhere: a line has ended, and the next one begins with no white space.
     * What was handed over until then, and what comes after it to another cutter, make the tokens
     * that one cutter makes of both.
     */
    default void breakLine() {
      flush();
    }

    /** A file ends here: ends the token and the line in progress. */
    void endFile();
  }

  /** Every tokenizer that is found. */
  OpenSet<Tokenizer> ALL =
      new OpenSet<>(Tokenizer.class, "data.tokenizer", "tokenizer", Tokenizer::name);

  /** The configuration's word for it. */
  String name();

  /** Starts a text whose tokens go to {@code sink}. */
  Cutter cutter(TokenSink sink);

  /** The text of these tokens. */
  String join(List<String> tokens);

  /**
   * Whether what a token adds to a text depends on no token but the one before it, so that a text
   * can be written token by token.
   */
  default boolean joinsPairwise() {
    return false;
  }

  /** Whether it cuts the tokens of a vocabulary; else words, which the vocabulary's merges cut. */
  default boolean cutsTokens() {
    return true;
  }

  /** A word that the vocabulary need not know, as a token that {@link #join} writes. */
  default String spelled(String word) {
    return word;
  }

  /**
   * Whether the text of these tokens is the same whatever follows them, and they have no part in
   * that of what follows. Where it is not {@link #joinsPairwise}, a text can be written so far.
   */
  default boolean isComplete(List<String> tokens) {
    return false;
  }

  /** The token that ends a line, after which something new begins. */
  String lineEnd();

  /** As {@link #cutter(TokenSink)}, of a text that is lowered first if so asked. */
  default Cutter cutter(TokenSink sink, boolean lowercase) {
    Cutter cutter = cutter(sink);
    return lowercase ? new Lowercase(cutter) : cutter;
  }

  /** What the largest size of a vocabulary must be; empty if the plan's will do. */
  default Optional<String> refusal(VocabularyPlan plan) {
    return Optional.empty();
  }

  /**
   * The vocabulary of a text that it cut into counted tokens.
   *
   * @param lowercase whether the text was lowered before
   * @throws IngestException if no token is frequent enough
   */
  default Vocabulary vocabulary(TokenCounts counts, boolean lowercase, VocabularyPlan plan) {
    return counts.vocabulary(name(), lowercase, plan);
  }

  /** The tokens of a fragment; its last line need not be finished. */
  default List<String> tokens(String fragment, boolean lowercase) {
    var tokens = new ArrayList<String>();
    Cutter cutter =
        cutter((chars, from, length) -> tokens.add(new String(chars, from, length)), lowercase);
    cutter.accept(fragment.toCharArray(), 0, fragment.length());
    cutter.flush();
    return tokens;
  }

  /**
   * The tokenizer of that name.
   *
   * @throws IllegalArgumentException if there is none, with the names that there are
   */
  static Tokenizer named(String name) {
    return ALL.named(name);
  }
}
