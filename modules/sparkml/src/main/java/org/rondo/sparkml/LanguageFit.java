package org.rondo.sparkml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.rondo.ingest.Attempt;
import org.rondo.ingest.DataOrder;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.TemporaryCorpus;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.Counted;
import org.rondo.models.NetworkSpec;
import org.rondo.sparkml.files.FitFolder;
import org.rondo.sparkml.fits.FitPlans;
import org.rondo.sparkml.fits.FittedLanguage;
import org.rondo.sparkml.fits.NetworkFit;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;

/** One fit of a language model: writes the running text, encodes it as a corpus, and trains. */
final class LanguageFit {
  private final RnnLanguageModel params;
  private final Dataset<Row> rows;
  private final FitPlans plans;

  /**
   * @param rows whose schema was checked
   */
  LanguageFit(RnnLanguageModel params, Dataset<Row> rows) {
    this.params = params;
    this.rows = rows;
    plans = new FitPlans(params);
  }

  private Configuration hadoop() {
    return rows.sparkSession().sparkContext().hadoopConfiguration();
  }

  FittedLanguage run() {
    Optional<String> given =
        params.isDefined(params.checkpointDir())
            ? Optional.of(params.getCheckpointDir())
            : Optional.empty();
    try (FitFolder folder = FitFolder.open(rows.sparkSession().sparkContext(), given)) {
      return run(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FittedLanguage run(FitFolder folder) throws IOException {
    Path place = folder.rows();
    FileSystem fs = place.getFileSystem(hadoop());
    Attempt.removeLeftovers(fs, place.suffix("-text"));
    try (Attempt files = Attempt.beside(fs, place.suffix("-text"))) {
      var text = new RunningText(params, rows, files.folder());
      try (TemporaryCorpus corpus =
          TemporaryCorpus.of(
              plan(text), Optional.empty(), place, hadoop(), PrepareListener.SILENT)) {
        return train(folder, corpus.corpus(), text.rows());
      }
    }
  }

  private CorpusPlan plan(RunningText text) {
    return new CorpusPlan(
        text.splits(),
        params.getCharacters() ? "characters" : "words-and-marks",
        new VocabularyPlan(params.getMinCount(), params.getVocabSize()),
        InvalidUtf8.REPLACE,
        params.getLowercase());
  }

  private FittedLanguage train(FitFolder folder, Corpus corpus, String counts) {
    NetworkSpec network = params.network().over(corpus.vocabulary());
    FitPlans.Epochs epochs = plans.training(corpus, DataOrder.CONTIGUOUS, params.getUnroll());
    requireTokens(corpus, epochs.plan());
    var job = new TrainingJob(network, epochs.plan(), corpus.place());
    job.requireTokens(corpus);
    NetworkFit.Trained trained =
        new NetworkFit(job, corpus, epochs.rounds(), Optional.empty())
            .run(
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()),
                folder,
                summary(corpus, counts));
    return FittedLanguage.of(trained.best(), params.getPrecision(), trained.summary());
  }

  private static String summary(Corpus corpus, String counts) {
    return String.format(
        Locale.ROOT,
        "%s; %,d tokens to learn, %,d to validate, vocabulary %,d",
        counts,
        corpus.tokens(Split.TRAIN),
        corpus.tokens(Split.VALIDATION),
        corpus.vocabulary().size());
  }

  /** In the words of Params, before the engine says it in those of configurations. */
  private void requireTokens(Corpus corpus, TrainingPlan plan) {
    require(
        corpus.tokens(Split.TRAIN),
        1L + plan.trainingText().rows() * (long) params.getUnroll(),
        "training text",
        "numWorkers x batchSize x unroll + 1",
        "lower one of them or bring more text");
    require(
        corpus.tokens(Split.VALIDATION),
        plan.evaluation().streams() + 1L,
        "validation text",
        "one for each of its streams",
        "raise validationFraction, or mark more rows by validationIndicatorCol");
  }

  private static void require(long tokens, long needed, String what, String why, String cure) {
    if (tokens < needed) {
      throw new IngestException(
          String.format(
              Locale.ROOT,
              "data: the %s has %s, and at least %d are needed, %s: %s",
              what,
              Counted.of(tokens, "token"),
              needed,
              why,
              cure));
    }
  }
}
