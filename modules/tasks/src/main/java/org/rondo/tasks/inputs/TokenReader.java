package org.rondo.tasks.inputs;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rondo.ingest.text.Lowercase;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** Cuts the text of a row into tokens, or takes the tokens that it has. */
final class TokenReader implements Serializable {
  private static final long serialVersionUID = 1L;

  /** In place of a tokenizer's name: the rows hold tokens. */
  static final String TAKEN = "tokens";

  private final String tokenizer;
  private final boolean lowercase;
  private final StepLimit limit;

  /** JSON of the vocabulary whose tokens are read; empty for what the tokenizer cuts. */
  private final String vocabulary;

  private transient Function<String, List<String>> cutting;

  /**
   * @param tokenizer its name, or {@link #TAKEN}
   * @param limit which tokens of a long row are kept
   */
  TokenReader(String tokenizer, boolean lowercase, StepLimit limit) {
    this(tokenizer, lowercase, limit, "");
  }

  private TokenReader(String tokenizer, boolean lowercase, StepLimit limit, String vocabulary) {
    this.tokenizer = tokenizer;
    this.lowercase = lowercase;
    this.limit = limit;
    this.vocabulary = vocabulary;
  }

  /** Reads the tokens that a vocabulary has, whose merges may take words apart. */
  static TokenReader of(Vocabulary vocabulary, StepLimit limit) {
    return new TokenReader(
        vocabulary.tokenizer(), vocabulary.lowercase(), limit, vocabulary.toJson());
  }

  String tokenizer() {
    return tokenizer;
  }

  boolean lowercase() {
    return lowercase;
  }

  StepLimit limit() {
    return limit;
  }

  /**
   * The tokens of a row. One without any has a single unknown token: of a sequence of no steps
   * nothing can be predicted.
   */
  List<String> read(Example row, Counts counts) {
    List<String> tokens = all(row);
    counts.add("rows", 1);
    if (tokens.isEmpty()) {
      counts.add("empty rows", 1);
      tokens = List.of(Vocabulary.UNKNOWN);
    }
    if (limit.cuts(tokens.size())) {
      counts.add("cut rows", 1);
      tokens = limit.of(tokens);
    }
    counts.add("tokens", tokens.size());
    return tokens;
  }

  /** Tokens of a row, also those that are not kept. */
  int steps(Example row) {
    return all(row).size();
  }

  private List<String> all(Example row) {
    if (tokenizer.equals(TAKEN)) {
      return taken(row);
    }
    if (cutting == null) {
      cutting = cutting();
    }
    return cutting.apply(row.text("text"));
  }

  private Function<String, List<String>> cutting() {
    if (!vocabulary.isEmpty()) {
      return Vocabulary.fromJson(vocabulary)::tokens;
    }
    Tokenizer loaded = Tokenizer.named(tokenizer);
    return text -> loaded.tokens(text, lowercase);
  }

  private List<String> taken(Example row) {
    List<String> tokens = row.tokens("tokens");
    Stream<String> all = tokens.stream();
    return (lowercase ? all.map(Lowercase::of) : all).toList();
  }
}
