package org.rondo.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.DiskFailure;
import org.rondo.ingest.IngestException;
import org.rondo.ingest.Split;
import org.rondo.ingest.StorageReason;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusFolder;
import org.rondo.models.ParameterTransfer;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingJob;
import org.rondo.training.checkpoint.Checkpoint;

/**
 * Running text, for {@code task = language-model}: a corpus, of which the next token is learned.
 *
 * @param given the language model that this one begins with, if any
 */
record TextData(Plans plans, Corpus corpus, CorpusFolder place, Optional<Checkpoint> given)
    implements RunData {
  /**
   * Prepares it, unless it is there already.
   *
   * @param spark is asked for a session where the text lies in rows of data
   */
  static TextData prepare(
      Plans plans, Configuration hadoop, SparkAccess spark, RunMessages messages)
      throws IOException {
    plans.requireValidation();
    try {
      Corpus corpus =
          DiskFailure.asException(() -> Preparation.run(plans, hadoop, spark, messages));
      return new TextData(
          plans, corpus, CorpusFolder.of(corpus.folder(), hadoop), plans.initial(hadoop, messages));
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "cannot prepare the text in %s: %s",
              plans.prepared(),
              StorageReason.of(e)),
          e);
    }
  }

  @Override
  public TrainingJob job() {
    var job = new TrainingJob(plans.network(corpus.vocabulary()), plans.training(corpus), place);
    requireTokens(job);
    return job;
  }

  /**
   * All that the other language model has learned.
   *
   * @throws SettingsException if it is another network, or over another vocabulary
   */
  @Override
  public Optional<float[]> initial(TrainingJob job) {
    return given.map(
        trained -> {
          try {
            corpus
                .vocabulary()
                .requireSame(trained.vocabulary(), "this text", trained.folder().uri());
            return ParameterTransfer.withHead(trained.network(), job.network())
                .initial(trained.parameters(), job.plan().seed());
          } catch (IllegalArgumentException e) {
            throw plans.initialRefused(e);
          }
        });
  }

  /** A refusal says where the corpus is that was written before it could be known. */
  private void requireTokens(TrainingJob job) {
    try {
      job.requireTokens(corpus);
    } catch (IngestException e) {
      String there = corpus.folder().toString();
      throw e.getMessage().contains(there)
          ? e
          : new IngestException(
              String.format(
                  Locale.ROOT, "%s; the text stays prepared in %s", e.getMessage(), there),
              e);
    }
  }

  @Override
  public JobMemory memory(TrainingJob job) {
    return plans.memory(job.network(), job.plan());
  }

  @Override
  public String unit() {
    return "token";
  }

  @Override
  public String summary() {
    return "text " + Preparation.summary(corpus);
  }

  @Override
  public Map<String, Object> description() {
    var data = new LinkedHashMap<String, Object>();
    data.put("corpus", Redaction.withoutPassword(corpus.folder().toString()));
    data.put("tokenizer", corpus.tokenizer().name());
    data.put("vocabulary", corpus.vocabulary().size());
    data.put("training_tokens", corpus.tokens(Split.TRAIN));
    data.put("validation_tokens", corpus.tokens(Split.VALIDATION));
    data.put("test_tokens", corpus.tokens(Split.TEST));
    data.put("unknown_training_tokens", corpus.unknown(Split.TRAIN));
    data.put("invalid_utf8_replaced", corpus.replaced());
    return data;
  }

  @Override
  public String sample(Checkpoint best) {
    return Sampling.of(best).text(plans);
  }
}
