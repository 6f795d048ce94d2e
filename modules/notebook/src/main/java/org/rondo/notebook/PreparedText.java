package org.rondo.notebook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.runs.Plans;
import org.rondo.runs.Preparation;
import org.rondo.runs.Settings;

/** A text that networks can be trained on. */
public final class PreparedText {
  private static final List<String> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

  private final Settings settings;
  private final Corpus corpus;

  private PreparedText(Settings settings, Corpus corpus) {
    this.settings = settings;
    this.corpus = corpus;
  }

  static PreparedText of(Settings settings, Configuration hadoop) throws IOException {
    var plans = new Plans(settings);
    return new PreparedText(settings, Preparation.run(plans, hadoop, line -> {}));
  }

  /** The keys under {@code data} that it was prepared with. */
  Settings settings() {
    return settings;
  }

  /** Different tokens, the unknown one among them. */
  public int vocabulary() {
    return corpus.vocabulary().size();
  }

  /** Its splits and their tokens, as {@code %table}. */
  public String table() {
    var rows = new ArrayList<List<Object>>();
    for (String split : SPLITS) {
      if (corpus.tokens(split) > 0) {
        rows.add(List.of(split, corpus.tokens(split)));
      }
    }
    return Drawn.table(List.of("split", corpus.tokenizer().name()), rows);
  }

  @Override
  public String toString() {
    return Drawn.text(Preparation.summary(corpus));
  }
}
