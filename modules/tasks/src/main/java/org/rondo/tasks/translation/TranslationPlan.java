package org.rondo.tasks.translation;

import java.io.Serializable;
import java.util.List;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.tasks.TaskSettings;

/**
 * How rows are read.
 *
 * @param source how sources are cut
 * @param target how targets are cut
 * @param minimumCount a token seen less often is unknown
 * @param maximumVocabulary ids of each side at most, that of unknown tokens included; 0 for no
 *     limit
 * @param limits how long a row may be
 * @param metric that decides which parameters are best
 */
record TranslationPlan(
    SideTokens source,
    SideTokens target,
    int minimumCount,
    int maximumVocabulary,
    LengthLimits limits,
    String metric)
    implements Serializable {
  static final List<String> METRICS = List.of("bleu", "chrf");

  static TranslationPlan of(TaskSettings settings) {
    boolean lowercase = settings.flag("lowercase");
    return new TranslationPlan(
        new SideTokens(TranslationTask.SOURCE, tokenizer(settings, "source_tokenizer"), lowercase),
        new SideTokens(TranslationTask.TARGET, tokenizer(settings, "target_tokenizer"), lowercase),
        settings.whole("minimum_count", 1, Integer.MAX_VALUE),
        maximumVocabulary(settings, "source_tokenizer", "target_tokenizer"),
        LengthLimits.of(settings),
        settings.choice("metric", METRICS));
  }

  private static String tokenizer(TaskSettings settings, String key) {
    return settings.choice(key, Tokenizer.ALL.names());
  }

  private static int maximumVocabulary(TaskSettings settings, String... tokenizers) {
    int most = settings.whole("maximum_vocabulary", 0, Integer.MAX_VALUE);
    if (most == 1) {
      throw settings.refusal("maximum_vocabulary", "must be 0 (no limit) or >= 2");
    }
    for (String key : tokenizers) {
      Tokenizer.named(tokenizer(settings, key))
          .refusal(new VocabularyPlan(1, most))
          .ifPresent(
              rule -> {
                throw settings.refusal("maximum_vocabulary", rule);
              });
    }
    return most;
  }

  VocabularyPlan vocabulary() {
    return new VocabularyPlan(minimumCount, maximumVocabulary);
  }
}
