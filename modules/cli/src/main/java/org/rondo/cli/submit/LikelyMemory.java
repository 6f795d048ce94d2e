package org.rondo.cli.submit;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.training.JobMemory;

/** What a run will take beside the heap, reckoned before its data are prepared. */
public final class LikelyMemory {
  private static final int OF_CHARACTERS = 1_000;
  private static final int OF_OTHERS = 50_000;

  private final Settings settings;
  private final Configuration hadoop;

  public LikelyMemory(Settings settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * Of a text by the tokens that the run will know, of rows by a large vocabulary and long rows.
   *
   * @param notes hears of a guess
   */
  public JobMemory of(Plans plans, Consumer<String> notes) {
    return plans.ofText()
        ? plans.memory(plans.network(vocabulary(plans, notes)), plans.training())
        : plans.rows().likelyMemory();
  }

  /** That of the prepared corpus; else the most that the configuration allows; else a guess. */
  private int vocabulary(Plans plans, Consumer<String> notes) {
    try {
      var folder = new Path(plans.prepared());
      Optional<Corpus> found =
          plans.ofDocuments() ? Optional.empty() : Corpus.find(plans.corpus(), folder, hadoop);
      return found.orElseGet(() -> Corpus.open(folder, hadoop)).vocabulary().size();
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
