package org.rondo.runs;

import java.util.Locale;
import java.util.Optional;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.BytePairTokenizer;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.Tokenizer;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.ingest.text.VocabularyPlan;

/** The keys of a text, {@code data.*}, as the plan of a corpus. */
final class TextPlans {
  private final Settings settings;
  private final Places places;

  TextPlans(Settings settings, Places places) {
    this.settings = settings;
    this.places = places;
  }

  /** What decides the prepared corpus. */
  CorpusPlan corpus() {
    return plan(splits());
  }

  /** What decides how a text is encoded by a vocabulary that is there already. */
  CorpusPlan corpus(String text, Vocabulary vocabulary) {
    return settings.checked(
        () ->
            new CorpusPlan(
                new SplitPlan.ByFile(text, "", ""),
                vocabulary.tokenizer(),
                VocabularyPlan.EVERYTHING,
                InvalidUtf8.named(settings.text("data.invalid_utf8")),
                vocabulary.lowercase()));
  }

  /**
   * Checks that a run will have something to evaluate on.
   *
   * @throws SettingsException if neither a text nor a share of one is for validation
   */
  void requireValidation() {
    SplitPlan splits = splits();
    if (!splits.texts().containsKey(Split.VALIDATION)
        && splits.fractions().getOrDefault(Split.VALIDATION, 0.0) == 0) {
      throw settings.refusal(
          "data.validation_fraction",
          "leaves nothing to evaluate on, and data.validation names none");
    }
  }

  /** The same, whatever the text: to check its keys where none is read. */
  void check() {
    byFraction("any");
    plan(new SplitPlan.ByFile("any", "", ""));
  }

  private CorpusPlan plan(SplitPlan splits) {
    String file = places.path("data.tokenizer_file").orElse("");
    return settings.checked(
        () ->
            new CorpusPlan(
                splits,
                settings.text("data.tokenizer"),
                vocabulary(file),
                InvalidUtf8.named(settings.text("data.invalid_utf8")),
                settings.flag("data.lowercase"),
                file));
  }

  /** Nothing of it counts where a file brings the vocabulary. */
  private VocabularyPlan vocabulary(String file) {
    Tokenizer tokenizer = Tokenizer.named(settings.text("data.tokenizer"));
    if (!file.isEmpty()) {
      if (!(tokenizer instanceof BytePairTokenizer)) {
        throw settings.refusal(
            "data.tokenizer_file", "holds a byte pair encoding: set data.tokenizer = bpe as well");
      }
      return VocabularyPlan.EVERYTHING;
    }
    var plan =
        new VocabularyPlan(
            settings.whole("data.minimum_count"), settings.whole("data.maximum_vocabulary"));
    Optional<String> refusal = tokenizer.refusal(plan);
    if (refusal.isPresent()) {
      throw settings.refusal("data.maximum_vocabulary", refusal.get());
    }
    return plan;
  }

  /** Where what is learned lies, and how it is split. */
  SplitPlan splits() {
    Optional<String> path = places.path("data.path");
    Optional<String> train = places.path("data.train");
    if (path.isPresent() == train.isPresent()) {
      throw new SettingsException(
          path.isPresent()
              ? "data.path and data.train are both set, and each is the text to learn: choose one"
              : "data.path is required: the text to learn; or data.train, data.validation and"
                  + " data.test where it is split already");
    }
    String text = path.or(() -> train).get();
    String validation = places.path("data.validation").orElse("");
    String test = places.path("data.test").orElse("");
    double validationFraction = fraction("data.validation", validation);
    double testFraction = fraction("data.test", test);
    boolean cut = validationFraction != 0 || testFraction != 0;
    if (path.isPresent() && validation.isEmpty() && test.isEmpty()) {
      return byFraction(text);
    }
    return settings.checked(
        () ->
            cut
                ? new SplitPlan.ByFractionAndFile(
                    text, validationFraction, testFraction, validation, test)
                : new SplitPlan.ByFile(text, validation, test));
  }

  private SplitPlan byFraction(String path) {
    return settings.checked(
        () ->
            new SplitPlan.ByFraction(
                path,
                settings.number("data.validation_fraction"),
                settings.number("data.test_fraction")));
  }

  /** The share that a split takes of the text to learn; none where it has a text of its own. */
  private double fraction(String split, String text) {
    String key = split + "_fraction";
    double fraction = settings.number(key);
    if (text.isEmpty()) {
      return fraction;
    }
    if (fraction > 0 && fraction != Settings.defaults().number(key)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s = %s and %s = %s are both set; choose one",
              split,
              text,
              key,
              fraction));
    }
    return 0;
  }
}
