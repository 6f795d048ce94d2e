package org.rondo.ingest;

import java.util.Objects;

/**
 * Everything that decides a prepared corpus, beside the text itself.
 *
 * @param tokenizer name of a {@link Tokenizer}
 */
public record CorpusPlan(
    SplitPlan splits, String tokenizer, VocabularyPlan vocabulary, InvalidUtf8 invalidUtf8) {
  public CorpusPlan {
    Objects.requireNonNull(splits, "splits");
    Objects.requireNonNull(vocabulary, "vocabulary");
    Objects.requireNonNull(invalidUtf8, "invalidUtf8");
    Tokenizer.named(tokenizer);
  }
}
