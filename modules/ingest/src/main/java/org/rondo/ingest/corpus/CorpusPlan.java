package org.rondo.ingest.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.Lowercase;
import org.rondo.ingest.text.TokenCounts;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.TokenizerFile;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.ValueException;

/**
 * Everything that decides a prepared corpus, beside the text itself.
 *
 * @param tokenizer name of a {@link Tokenizer}
 * @param lowercase whether text is lowered first, see {@link Lowercase}
 * @param tokenizerFile path of a {@link TokenizerFile} whose vocabulary is taken; empty for that of
 *     the training split
 */
public record CorpusPlan(
    SplitPlan splits,
    String tokenizer,
    VocabularyPlan vocabulary,
    InvalidUtf8 invalidUtf8,
    // Corpora of before there was this are those without, and stay what they are.
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean lowercase,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String tokenizerFile) {
  public CorpusPlan {
    ValueException.unlessGiven("splits", splits);
    ValueException.unlessGiven("vocabulary", vocabulary);
    ValueException.unlessGiven("invalidUtf8", invalidUtf8);
    ValueException.unlessGiven("tokenizerFile", tokenizerFile);
    Tokenizer.named(tokenizer);
  }

  /** How bytes become tokens, in a form that travels to tasks. */
  public record Cutting(String tokenizer, boolean lowercase, InvalidUtf8 invalidUtf8)
      implements Serializable {}

  /** How this plan's bytes become tokens. */
  public Cutting cutting() {
    return new Cutting(tokenizer, lowercase, invalidUtf8);
  }

  /**
   * The vocabulary that this plan comes to: that of the tokenizer's file, where one is named, else
   * of the training split.
   *
   * @param words counts the tokens of the training split; asked once, or not at all
   * @param text for a message
   * @throws IngestException if there is no token
   */
  public Vocabulary learned(Supplier<TokenCounts> words, String text, Configuration hadoop) {
    if (!tokenizerFile.isEmpty()) {
      return TokenizerFile.read(tokenizerFile, lowercase, hadoop);
    }
    TokenCounts counts = words.get();
    if (counts.total() == 0) {
      throw new IngestException("corpus: no token to train on in " + text);
    }
    return Tokenizer.named(tokenizer).vocabulary(counts, lowercase, vocabulary);
  }

  /** A plan with a vocabulary of the training split. */
  public CorpusPlan(
      SplitPlan splits,
      String tokenizer,
      VocabularyPlan vocabulary,
      InvalidUtf8 invalidUtf8,
      boolean lowercase) {
    this(splits, tokenizer, vocabulary, invalidUtf8, lowercase, "");
  }

  /** A plan that leaves letters as they are. */
  public CorpusPlan(
      SplitPlan splits, String tokenizer, VocabularyPlan vocabulary, InvalidUtf8 invalidUtf8) {
    this(splits, tokenizer, vocabulary, invalidUtf8, false);
  }
}
