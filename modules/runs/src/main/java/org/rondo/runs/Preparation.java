package org.rondo.runs;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.Corpus;
import org.rondo.ingest.PrepareListener;

/** Prepares a corpus before the eyes of a user. */
public final class Preparation {
  private Preparation() {}

  /** The corpus of these plans, prepared now unless it is there already. */
  public static Corpus run(Plans plans, Configuration hadoop, RunMessages messages)
      throws IOException {
    PrepareListener listener =
        (pass, bytes, total) ->
            messages.show(
                String.format(
                    Locale.ROOT,
                    "preparing the text: %s, %.1f of %.1f MB",
                    pass.name().toLowerCase(Locale.ROOT),
                    bytes / 1e6,
                    total / 1e6));
    Path folder = new Path(plans.prepared());
    // Executors have working directories of their own, so the path must not be relative.
    Path whole = folder.getFileSystem(hadoop).makeQualified(folder);
    Corpus corpus = Corpus.prepare(plans.corpus(), whole, hadoop, listener);
    messages.clear();
    return corpus;
  }

  /** One line on what a corpus holds. */
  public static String summary(Corpus corpus) {
    return String.format(
        Locale.ROOT,
        "%s: %s, vocabulary %,d; tokens: training %,d, validation %,d, test %,d%s%s",
        Path.getPathWithoutSchemeAndAuthority(corpus.folder()),
        corpus.tokenizer().name(),
        corpus.vocabulary().size(),
        corpus.tokens(Corpus.TRAIN),
        corpus.tokens(Corpus.VALIDATION),
        corpus.tokens(Corpus.TEST),
        counted(corpus.unknown(Corpus.TRAIN), "unknown in the training text"),
        counted(corpus.replaced(), "invalid UTF-8 sequences replaced"));
  }

  private static String counted(long count, String what) {
    return count == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", count, what);
  }
}
