package org.rondo.cli.submit;

import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;

/** How many tokens a run will know, for what must be reckoned before its text is prepared. */
public final class LikelyVocabulary {
  private static final int OF_CHARACTERS = 1_000;
  private static final int OF_OTHERS = 50_000;

  private final Settings settings;
  private final Configuration hadoop;

  public LikelyVocabulary(Settings settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * That of the prepared corpus; else the most that the configuration allows; else a guess.
   *
   * @param notes hears of a guess
   */
  public int size(Consumer<String> notes) {
    try {
      var plans = new Plans(settings);
      return Corpus.find(plans.corpus(), new Path(plans.prepared()), hadoop)
          .orElseGet(() -> Corpus.open(new Path(plans.prepared()), hadoop))
          .vocabulary()
          .size();
    } catch (IngestException | SettingsException e) { // not prepared, or no folder is named
      int most = settings.whole("data.maximum_vocabulary");
      if (most > 0) {
        return most;
      }
      int guess = settings.text("data.tokenizer").equals("characters") ? OF_CHARACTERS : OF_OTHERS;
      notes.accept(
          String.format(
              Locale.ROOT,
              "the text is not prepared yet, so memory is reckoned for a vocabulary of %,d tokens; rondo prepare, or data.maximum_vocabulary, tells",
              guess));
      return guess;
    }
  }
}
