package org.rondo.tasks.inputs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.rondo.ingest.sequences.Sequence;
import org.rondo.ingest.sequences.SequenceShape;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;
import org.rondo.models.LayerSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.tasks.Counts;
import org.rondo.tasks.Example;

/** Rows as ids of tokens. */
final class TokenInput implements RowInput {
  @JsonProperty private final Vocabulary vocabulary;
  private final TokenReader reader;

  @JsonCreator
  TokenInput(
      @JsonProperty("vocabulary") Vocabulary vocabulary,
      @JsonProperty("maximumLength") StepLimit limit) {
    this.vocabulary = vocabulary;
    if (!vocabulary.tokenizer().equals(TokenReader.TAKEN)) {
      Tokenizer.named(vocabulary.tokenizer()); // there, or said at once
    }
    this.reader = TokenReader.of(vocabulary, limit);
  }

  @Override
  @JsonProperty("maximumLength")
  public StepLimit limit() {
    return reader.limit();
  }

  @Override
  public int steps(Example row) {
    return reader.steps(row);
  }

  @Override
  public String role() {
    boolean taken = reader.tokenizer().equals(TokenReader.TAKEN);
    return (taken ? InputKind.TOKENS : InputKind.WORDS).role();
  }

  @Override
  public Sequence sequence(Example row, Counts counts) {
    List<String> tokens = reader.read(row, counts);
    int[] ids = tokens.stream().mapToInt(vocabulary::id).toArray();
    long unknown = 0;
    for (int id : ids) {
      unknown += id == Vocabulary.UNKNOWN_ID ? 1 : 0;
    }
    counts.add("unknown tokens", unknown);
    return Sequence.ofIds(ids);
  }

  @Override
  public SequenceShape shape(int classes, int outputs) {
    return new SequenceShape(List.of(vocabulary.size()), 0, classes, outputs);
  }

  @Override
  public List<LayerSpec> layers(RecurrentStack stack, int embedding) {
    return embedding == 0
        ? stack.over(vocabulary.size())
        : stack.over(stack.embedding(vocabulary.size(), embedding));
  }

  @Override
  public String summary() {
    return Counted.of(vocabulary.size(), "token") + " (" + reader.tokenizer() + ")";
  }
}
