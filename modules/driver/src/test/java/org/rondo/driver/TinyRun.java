package org.rondo.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.rondo.ingest.corpus.Corpus;
import org.rondo.ingest.corpus.CorpusFolder;
import org.rondo.ingest.corpus.CorpusPlan;
import org.rondo.ingest.corpus.SplitPlan;
import org.rondo.ingest.text.InvalidUtf8;
import org.rondo.ingest.text.PrepareListener;
import org.rondo.ingest.text.VocabularyPlan;
import org.rondo.kernels.CounterRandom;
import org.rondo.models.NetworkSpec;
import org.rondo.models.Options;
import org.rondo.models.cells.CellSpec;
import org.rondo.models.layers.RecurrentStack;
import org.rondo.models.layers.Regularizers;
import org.rondo.training.Carrier;
import org.rondo.training.CheckpointPlan;
import org.rondo.training.EvaluationPlan;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.TrainingJob;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.optimizers.ClipPlan;
import org.rondo.training.optimizers.OptimizerPlan;
import org.rondo.training.optimizers.SchedulePlan;
import org.rondo.training.storage.Storage;
import org.rondo.training.sync.SyncPlan;

/** A corpus of a few thousand characters and jobs on it that take a second. */
public final class TinyRun {
  static final int ROUNDS = 8;

  private final Path folder;
  private final Configuration hadoop = new Configuration();
  private final CorpusFolder corpus;

  public TinyRun(Path folder) {
    this(folder, text(6000));
  }

  public TinyRun(Path folder, String text) {
    this.folder = folder;
    try {
      Path source = Files.writeString(folder.resolve("text.txt"), text);
      var plan =
          new CorpusPlan(
              new SplitPlan.ByFraction(source.toUri().toString(), 0.2, 0),
              "characters",
              VocabularyPlan.EVERYTHING,
              InvalidUtf8.REJECT);
      var prepared = new org.apache.hadoop.fs.Path(folder.resolve("corpus").toUri());
      corpus = Corpus.prepare(plan, prepared, hadoop, PrepareListener.SILENT).place();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Words of a small grammar: learnable, and not the same everywhere. */
  static String text(int characters) {
    String[] words = {"the ", "theme ", "comes ", "back ", "again ", "and ", "once ", "more\n"};
    CounterRandom random = CounterRandom.of(11);
    var text = new StringBuilder();
    for (int i = 0; text.length() < characters; i++) {
      text.append(words[(int) (random.uniform(i) * words.length)]);
    }
    return text.toString();
  }

  /** Adam with dropout and a plateau schedule: every kind of carried state takes part. */
  public static TrainingPlan plan(int shards) {
    return TrainingPlan.defaults()
        .with(
            p ->
                p.seed(7)
                    .shards(shards)
                    .rounds(ROUNDS)
                    .minibatches(3)
                    .batch(4, 6)
                    .clip(ClipPlan.ofNorm(1))
                    .optimizer("adam", 0.02)
                    .schedule(new SchedulePlan(SchedulePlan.PLATEAU, 1, 0.5, 4, 0.1, 1))
                    .sync(SyncPlan.AVERAGE)
                    .evaluation(new EvaluationPlan(2, 4, 2, 0))
                    .checkpoint(new CheckpointPlan(3, 2, 0))
                    .precision("float32"));
  }

  Corpus corpus() {
    return corpus.open();
  }

  public TrainingJob job(TrainingPlan plan) {
    int vocabulary = corpus().vocabulary().size();
    return new TrainingJob(
        RecurrentStack.languageModel(vocabulary, "lstm", 1, 12, 0.1), plan, corpus);
  }

  /**
   * An AWD-LSTM that begins anew at each line, in minibatches of varied steps and so high a rate
   * that losses rise and parameters are averaged.
   */
  TrainingJob awdJob() {
    var all = new Regularizers(0.1, 0.1, 0.1, true, 0.1, 0.2, 2, 1);
    NetworkSpec network =
        new RecurrentStack(CellSpec.of("lstm", 12), 2, all, false, false)
            .languageModel(corpus().vocabulary().size(), 8, new Options(Map.of("tied", "true")))
            .startingDocumentsAt(corpus().vocabulary().id("\n"));
    var sgd = new OptimizerPlan("sgd", 40, 0, 0, 0, 1e-8, 1e-6);
    TrainingPlan plan =
        plan(2)
            .with(
                p ->
                    p.varied(true)
                        .batch(4, 8)
                        .optimizer(sgd)
                        .schedule(SchedulePlan.constant())
                        .evaluation(new EvaluationPlan(1, 4, 2, 0, "", 1)));
    return new TrainingJob(network, plan, corpus);
  }

  public Storage output(String name) {
    return Storage.of(new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()), hadoop);
  }

  /** Trains on threads and hands back what happened. */
  public TrainingResult onThreads(TrainingPlan plan, String output) {
    return onThreads(plan, output, new ArrayList<>());
  }

  public TrainingResult onThreads(TrainingPlan plan, String output, List<TrainingEvent> events) {
    TrainingJob job = job(plan);
    try (Carrier carrier = new ThreadCarrier(job)) {
      return new DistributedTrainer(carrier, output(output), events::add, () -> false).train();
    }
  }
}
