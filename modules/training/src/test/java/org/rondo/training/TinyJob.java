package org.rondo.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.Shard;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.testkit.FaultyFileSystem;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.SyncPlan;
import org.rondo.training.workspace.KernelPlan;

/** A prepared corpus of a given text and jobs on it. */
public final class TinyJob {
  public static final Configuration HADOOP = FaultyFileSystem.register(new Configuration());
  public static final String FINGERPRINT = KernelPlan.of("float32").fingerprint();

  private TinyJob() {}

  public static TrainingPlan plan(int shards, String optimizer) {
    return TrainingPlan.defaults()
        .with(
            p ->
                p.seed(5)
                    .shards(shards)
                    .rounds(4)
                    .minibatches(3)
                    .batch(2, 5)
                    .clip(ClipPlan.ofNorm(0.3))
                    .optimizer(optimizer, 0.05)
                    .sync(SyncPlan.AVERAGE)
                    .evaluation(new EvaluationPlan(2, 2, 1, 0))
                    .checkpoint(new CheckpointPlan(2, 2, 0))
                    .precision("float32"));
  }

  /** A job on a text of which the last quarter is the validation split. */
  public static TrainingJob of(Path folder, String text, TrainingPlan plan) {
    try {
      Path source = Files.writeString(folder.resolve("text.txt"), text);
      var corpusPlan =
          new CorpusPlan(
              new SplitPlan.ByFraction(source.toUri().toString(), 0.25, 0),
              "characters",
              VocabularyPlan.EVERYTHING,
              InvalidUtf8.REJECT);
      var prepared = new org.apache.hadoop.fs.Path(folder.resolve("corpus").toUri());
      Corpus corpus = Corpus.prepare(corpusPlan, prepared, HADOOP, PrepareListener.SILENT);
      int vocabulary = corpus.vocabulary().size();
      return new TrainingJob(
          RecurrentStack.languageModel(vocabulary, "lstm", 1, 8, 0.1), plan, corpus.place());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text() {
    return "a rondo comes back to its theme, and back again. ".repeat(12);
  }

  public static Shard shard(TrainingJob job, int shard) {
    return job.plan().shard(job.dataset().open(), shard);
  }

  public static Corpus corpus(TrainingJob job) {
    return (Corpus) job.dataset().open();
  }

  public static Round round(TrainingJob job, int number) {
    return new Round(
        number,
        (number - 1L) * job.plan().rounds().syncEvery(),
        job.plan(),
        1,
        job.trainingWorkspace(job.dataset().open()),
        FINGERPRINT);
  }

  public static Storage storage(String scheme, Path folder) {
    return Storage.of(new org.apache.hadoop.fs.Path(scheme + ":" + folder), HADOOP);
  }
}
