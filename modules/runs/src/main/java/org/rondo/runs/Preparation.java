package org.rondo.runs;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;
import org.rondo.frames.prepare.CorpusPreparation;
import org.rondo.frames.prepare.PreparedCorpus;
import org.rondo.frames.prepare.TextPreparation;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.Origin;
import org.rondo.ingest.corpus.TemporaryCorpus;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.TextFiles;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.Counted;

/** Prepares a corpus before the eyes of a user. */
public final class Preparation {
  private static final double MUCH_UNKNOWN = 0.05;

  /** Bytes of a text, compressed as it is, from which on the cluster prepares it. */
  private static final long LONG_TEXT = 64L << 20;

  private Preparation() {}

  /**
   * The corpus of these plans, prepared now unless it is there already.
   *
   * @param spark is asked for a session where the text lies in rows of data
   */
  public static Corpus run(
      Plans plans, Configuration hadoop, SparkAccess spark, RunMessages messages)
      throws IOException {
    Path folder = folder(plans, hadoop);
    Corpus corpus =
        plans.ofDocuments()
            ? documents(plans, folder, spark.session(), messages)
            : text(plans.corpus(), folder, hadoop, spark, messages);
    messages.clear();
    if (!corpus.folder().equals(folder)) {
      messages.say(
          String.format(
              Locale.ROOT,
              "the corpus of this text lies in %s; %s is left as it is",
              corpus.folder(),
              folder));
    }
    warnings(corpus).forEach(messages::say);
    return corpus;
  }

  /**
   * As above, of a text, which needs no Spark.
   *
   * @throws SettingsException also if the text lies in rows
   */
  public static Corpus run(Plans plans, Configuration hadoop, RunMessages messages)
      throws IOException {
    return run(
        plans,
        hadoop,
        SparkAccess.none("data.format names rows, which need a session of Spark"),
        messages);
  }

  /** By tasks where it is long, with the same ids: Spark takes seconds to start. */
  private static Corpus text(
      CorpusPlan plan, Path folder, Configuration hadoop, SparkAccess spark, RunMessages messages) {
    passedOver(plan, hadoop).ifPresent(messages::say);
    if (spark.isThere()
        && Origin.find(plan, hadoop).bytes() > LONG_TEXT
        && !Corpus.isPrepared(plan, folder, hadoop)) {
      messages.show("preparing the text on Spark");
      return new TextPreparation(spark.session(), plan).prepare(folder);
    }
    return Corpus.prepare(plan, folder, hadoop, progress(messages));
  }

  private static Corpus documents(
      Plans plans, Path folder, SparkSession spark, RunMessages messages) {
    messages.show("preparing the documents");
    PreparedCorpus prepared =
        new CorpusPreparation(spark, plans.rows().frames(), plans.corpus()).prepare(folder);
    prepared.report().ifPresent(messages::say);
    return prepared.corpus();
  }

  /**
   * The corpus of these plans, if it is prepared; writes nothing.
   *
   * @throws org.rondo.ingest.IngestException if the text is not there
   */
  public static Optional<Corpus> find(Plans plans, Configuration hadoop) throws IOException {
    Path folder = folder(plans, hadoop);
    return plans.ofDocuments()
        ? CorpusPreparation.find(plans.rows().frames(), plans.corpus(), folder, hadoop)
        : Corpus.find(plans.corpus(), folder, hadoop);
  }

  /**
   * Refuses documents that are not prepared where a text would be encoded for the moment.
   *
   * @throws SettingsException saying how they are
   */
  public static void requireText(Plans plans) {
    if (plans.ofDocuments()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "there is no corpus of these documents in %s; rondo prepare makes it",
              plans.prepared()));
    }
  }

  /**
   * A text encoded beside {@code place}, for as long as the result is open.
   *
   * @param vocabulary that of a trained network; empty for the text's own
   */
  public static TemporaryCorpus temporary(
      CorpusPlan plan,
      Optional<Vocabulary> vocabulary,
      Path place,
      Configuration hadoop,
      RunMessages messages) {
    passedOver(plan, hadoop).ifPresent(messages::say);
    TemporaryCorpus encoded =
        TemporaryCorpus.of(plan, vocabulary, place, hadoop, progress(messages));
    messages.clear();
    return encoded;
  }

  /** What of the folders of a text is no text by its name. */
  private static Optional<String> passedOver(CorpusPlan plan, Configuration hadoop) {
    List<Path> hidden =
        plan.splits().texts().values().stream()
            .flatMap(text -> TextFiles.find(text, hadoop).hidden().stream())
            .distinct()
            .toList();
    return hidden.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s beginning with _ or . in the text's folders %s passed over, such as %s",
                Counted.of(hidden.size(), "name"),
                hidden.size() == 1 ? "is" : "are",
                hidden.get(0)));
  }

  /** Executors have working directories of their own, so the path must not be relative. */
  public static Path folder(Plans plans, Configuration hadoop) throws IOException {
    try {
      Path folder = new Path(plans.prepared());
      return folder.getFileSystem(hadoop).makeQualified(folder);
    } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
      if (e instanceof SettingsException blank) {
        throw blank;
      }
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s, from data.prepared or output, is no place for a corpus: %s",
              plans.prepared(),
              e.getMessage()),
          e);
    }
  }

  private static PrepareListener progress(RunMessages messages) {
    return (pass, bytes, total) ->
        messages.show(
            String.format(
                Locale.ROOT,
                "preparing the text: %s, %.1f of %.1f MB",
                pass.name().toLowerCase(Locale.ROOT),
                bytes / 1e6,
                total / 1e6));
  }

  /** One line on what a corpus holds. */
  public static String summary(Corpus corpus) {
    return String.format(
        Locale.ROOT,
        "%s: %s%s, vocabulary %,d; tokens: training %s, validation %s, test %s%s",
        Path.getPathWithoutSchemeAndAuthority(corpus.folder()),
        corpus.tokenizer().name(),
        corpus.vocabulary().lowercase() ? " in lower case" : "",
        corpus.vocabulary().size(),
        tokens(corpus, Split.TRAIN),
        tokens(corpus, Split.VALIDATION),
        tokens(corpus, Split.TEST),
        corpus.replaced() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %,d invalid UTF-8 sequences replaced", corpus.replaced()));
  }

  private static String tokens(Corpus corpus, String split) {
    String count = String.format(Locale.ROOT, "%,d", corpus.tokens(split));
    return corpus.unknown(split) == 0
        ? count
        : count
            + String.format(Locale.ROOT, " (%.2f %% unknown)", 100 * corpus.unknownShare(split));
  }

  /** What a user should know before a network learns of a corpus, or is measured on it. */
  private static List<String> warnings(Corpus corpus) {
    return List.of(Split.TRAIN, Split.VALIDATION, Split.TEST).stream()
        .flatMap(split -> warning(corpus, split, "the " + split + " split").stream())
        .toList();
  }

  /**
   * A warning if many tokens of a split have no id of their own.
   *
   * @param name what the split is to the user
   */
  public static Optional<String> warning(Corpus corpus, String split, String name) {
    double share = corpus.unknownShare(split);
    return share <= MUCH_UNKNOWN
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %.1f %% of the tokens of %s are unknown to the vocabulary of %,d; they all count as one token, so loss and perplexity look better than they are",
                100 * share,
                name,
                corpus.vocabulary().size()));
  }
}
