package org.rondo.tasks.inputs;

import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** Counts tokens, for a vocabulary of those that are frequent, or for one that was given. */
final class TokenFitting implements InputFitting {
  private static final long serialVersionUID = 1L;

  private final InputKind kind;
  private final InputPlan plan;

  /** JSON of a vocabulary; empty if none was given. */
  private final String given;

  private final TokenReader reader;
  private final TokenCounts tokens = new TokenCounts();

  TokenFitting(InputKind kind, InputPlan plan, String given) {
    this.kind = kind;
    this.plan = plan;
    this.given = given;
    this.reader = reader();
  }

  private TokenReader reader() {
    if (given.isEmpty()) {
      return new TokenReader(kind.tokenizer(), plan.lowercase(), plan.limit());
    }
    Vocabulary vocabulary = Vocabulary.fromJson(given);
    return TokenReader.of(vocabulary.withTokenizer(tokenizer(vocabulary)), plan.limit());
  }

  /** A given vocabulary's own, unless the rows bring tokens. */
  private String tokenizer(Vocabulary vocabulary) {
    return kind == InputKind.TOKENS ? TokenReader.TAKEN : vocabulary.tokenizer();
  }

  @Override
  public InputKind kind() {
    return kind;
  }

  @Override
  public int steps(Example row) {
    return reader.steps(row);
  }

  @Override
  public void add(Example row, Counts counts) {
    reader.read(row, counts).forEach(tokens::token);
  }

  @Override
  public void merge(InputFitting next) {
    tokens.merge(((TokenFitting) next).tokens);
  }

  @Override
  public RowInput input(Counts counts) {
    Vocabulary vocabulary = vocabulary();
    counts.add("unknown tokens", tokens.unknown(vocabulary));
    return new TokenInput(vocabulary, plan.limit());
  }

  private Vocabulary vocabulary() {
    if (given.isEmpty()) {
      var size = new VocabularyPlan(plan.minimumCount(), plan.maximumVocabulary());
      return kind == InputKind.TOKENS
          ? tokens.vocabulary(reader.tokenizer(), reader.lowercase(), size)
          : Tokenizer.named(reader.tokenizer()).vocabulary(tokens, reader.lowercase(), size);
    }
    return Vocabulary.fromJson(given).withTokenizer(reader.tokenizer());
  }
}
