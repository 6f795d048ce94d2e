package org.rondo.cli.results;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.TemporaryCorpus;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.runs.Plans;
import org.rondo.runs.Preparation;
import org.rondo.runs.RunMessages;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * The text that a checkpoint is measured on. It is read where a run prepared it; else it is encoded
 * in a temporary folder, so that an evaluation writes to no folder that a run may read.
 */
public final class EvaluationText {
  private static final String NAME = "rondo-evaluation";

  /**
   * A split of a corpus, which is deleted when this is closed if it was made for this alone.
   *
   * @param text what it was made of
   */
  public record Opened(
      Corpus corpus, String split, Optional<TemporaryCorpus> temporary, String text)
      implements AutoCloseable {
    /**
     * Checks the corpus.
     *
     * @throws IngestException as the check throws, with the text in the place of a folder that
     *     nobody finds afterwards
     */
    public void check(Runnable check) {
      try {
        check.run();
      } catch (IngestException e) {
        String folder = corpus.folder().toString();
        if (temporary.isEmpty() || !e.getMessage().contains(folder)) {
          throw e;
        }
        String named = e.getMessage().replace("the corpus " + folder, "the text " + text);
        throw new IngestException(named.replace(folder, text), e);
      }
    }

    @Override
    public void close() {
      temporary.ifPresent(TemporaryCorpus::close);
    }
  }

  private final Plans plans;
  private final Checkpoint trained;
  private final Configuration hadoop;
  private final RunMessages messages;

  public EvaluationText(
      Plans plans, Checkpoint trained, Configuration hadoop, RunMessages messages) {
    this.plans = plans;
    this.trained = trained;
    this.hadoop = hadoop;
    this.messages = messages;
  }

  /**
   * A split of the configuration's text.
   *
   * @throws IngestException if it is empty, or encoded by another vocabulary than the checkpoint's
   */
  public Opened ofSplit(String split, SparkConf conf) throws IOException {
    Optional<Corpus> prepared = Preparation.find(plans, hadoop);
    if (prepared.isEmpty()) {
      Preparation.requireText(plans);
    }
    Opened opened =
        prepared.isPresent()
            ? new Opened(prepared.get(), split, Optional.empty(), "")
            : temporary(plans.corpus(), Optional.empty(), split, conf);
    try {
      opened.check(() -> requireSameVocabulary(opened.corpus()));
      opened.check(() -> requireTokens(opened));
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    Preparation.warning(opened.corpus(), split, "the " + split + " split").ifPresent(messages::say);
    return opened;
  }

  /**
   * All of another text, encoded by the checkpoint's vocabulary.
   *
   * @throws IngestException if it cannot be read, or is empty
   */
  public Opened of(String path, SparkConf conf) throws IOException {
    Vocabulary vocabulary = trained.vocabulary();
    Opened opened =
        temporary(plans.corpus(path, vocabulary), Optional.of(vocabulary), Split.TRAIN, conf);
    if (opened.corpus().tokens(Split.TRAIN) == 0) {
      opened.close();
      throw new IngestException(
          String.format(Locale.ROOT, "evaluate: the text %s holds no token", path));
    }
    Preparation.warning(opened.corpus(), Split.TRAIN, path).ifPresent(messages::say);
    return opened;
  }

  private Opened temporary(
      CorpusPlan plan, Optional<Vocabulary> vocabulary, String split, SparkConf conf)
      throws IOException {
    TemporaryCorpus encoded =
        Preparation.temporary(plan, vocabulary, place(conf), hadoop, messages);
    String text = String.join(", ", plan.splits().texts().values());
    return new Opened(encoded.corpus(), split, Optional.of(encoded), text);
  }

  /** This machine's temporary folder, where tasks run on it; else beside the checkpoint. */
  private Path place(SparkConf conf) {
    return conf.get("spark.master").startsWith("local")
        ? new Path(new Path("file", "", System.getProperty("java.io.tmpdir")), NAME)
        : new Path(trained.folder().path().getParent(), NAME);
  }

  private void requireSameVocabulary(Corpus corpus) {
    requireSameVocabulary(corpus, trained);
  }

  /** That a checkpoint has the vocabulary by which the text was encoded. */
  public static void requireSameVocabulary(Corpus corpus, Checkpoint trained) {
    try {
      corpus
          .vocabulary()
          .requireSame(
              trained.vocabulary(),
              "the corpus " + corpus.folder(),
              "the checkpoint " + trained.folder().uri());
    } catch (IngestException e) {
      throw new IngestException(
          e.getMessage() + "; --text PATH encodes a text by the checkpoint's vocabulary", e);
    }
  }

  /**
   * Before Spark starts; a split of the configuration's making is empty unless it was asked for.
   */
  private static void requireTokens(Opened opened) {
    String split = opened.split();
    if (opened.corpus().tokens(split) == 0) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "evaluate: the %s split of %s is empty; data.%s, or data.%s_fraction, gives it a text",
              split,
              opened.corpus().folder(),
              split,
              split));
    }
  }
}
