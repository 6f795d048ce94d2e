package org.rondo.notebook;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Settings;
import org.rondo.runs.TrainingRun;
import org.rondo.runs.TrainingRun.Beginning;

/**
 * How a network is to be trained. Each method gives a new trainer and leaves this one as it is, so
 * that one may be varied: {@code base.cell("gru").named("gru").train()}.
 */
public final class Trainer {
  private final JavaSparkContext spark;
  private final String folder;
  private final String name;
  private final Settings settings;

  Trainer(JavaSparkContext spark, String folder, String name, Settings settings) {
    this.spark = spark;
    this.folder = folder;
    this.name = name;
    this.settings = settings;
  }

  static Settings with(Settings settings, Map<String, String> keys) {
    return settings.with(keys, "notebook");
  }

  /**
   * Sets any key of {@code reference.conf}.
   *
   * @throws org.rondo.runs.SettingsException if there is no such key, or it holds something else
   * @throws IllegalArgumentException if the key is Spark's, which has started already
   */
  public Trainer set(String key, Object value) {
    if (key.startsWith("spark.")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s = %s comes too late: Spark runs already; set it in the notebook's interpreter",
              key,
              value));
    }
    return new Trainer(spark, folder, name, with(settings, Map.of(key, String.valueOf(value))));
  }

  /**
   * Under which name the run appears in tables and charts; its folder is called alike. An earlier
   * run of that name is kept below it, as {@code earlier-1} and so on.
   *
   * @throws IllegalArgumentException if the name has neither letters nor digits, or its folder is
   *     one of a prepared text
   */
  public Trainer named(String run) {
    String own = run.strip().replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}]+", "-");
    if (own.isEmpty() || own.equals("-") || own.startsWith(Rondo.TEXT)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "named(\"%s\"): gives no folder for the run; take a name with letters or digits that does not begin with %s",
              run,
              Rondo.TEXT));
    }
    return new Trainer(spark, folder, run, with(settings, Map.of("output", folder + "/" + own)));
  }

  /** {@code lstm}, {@code gru} or {@code vanilla}. */
  public Trainer cell(String cell) {
    return set("network.cell", cell);
  }

  /** Recurrent layers, one above the other. */
  public Trainer layers(int layers) {
    return set("network.layers", layers);
  }

  /** Hidden units of each layer. */
  public Trainer units(int units) {
    return set("network.units", units);
  }

  /** Parts of the text, each learned by a task of its own. */
  public Trainer shards(int shards) {
    return set("shards", shards);
  }

  /** How the shards come together after each round: {@code average}, {@code block-momentum}... */
  public Trainer synchronizer(String synchronizer) {
    return set("sync.name", synchronizer);
  }

  /** Rounds in all. */
  public Trainer rounds(int rounds) {
    return set("train.rounds", rounds);
  }

  /** Minibatches that each shard trains in a round. */
  public Trainer minibatches(int minibatches) {
    return set("train.sync_every", minibatches);
  }

  /** Streams of text that a shard reads side by side, and steps of backpropagation through time. */
  public Trainer batch(int streams, int unroll) {
    return set("train.batch", streams).set("train.unroll", unroll);
  }

  /**
   * {@code sgd}, {@code momentum}, {@code nesterov}, {@code adam} or {@code adamw}, and its
   * learning rate.
   */
  public Trainer optimizer(String optimizer, double learningRate) {
    return set("optimizer.name", optimizer).set("optimizer.learning_rate", learningRate);
  }

  /** Rounds from one evaluation to the next; each prints a line and gives the curves a point. */
  public Trainer evaluateEvery(int rounds) {
    return set("evaluate.every", rounds);
  }

  /**
   * Trains from fresh parameters, printing how it goes.
   *
   * @throws org.rondo.runs.SettingsException if the keys do not fit together
   * @throws org.rondo.training.TrainingException if training cannot go on; {@link #resume} goes on
   *     from the last good checkpoint
   */
  public TrainedRun train() throws IOException {
    return run(Beginning.FRESH);
  }

  /** Goes on after the newest checkpoint of the run of this name, to the last round. */
  public TrainedRun resume() throws IOException {
    return run(Beginning.RESUMED);
  }

  private TrainedRun run(Beginning beginning) throws IOException {
    var progress = new ProgressLines(scala.Console.out());
    var recording = new Recording();
    try (TrainingRun run = TrainingRun.prepare(settings, spark.hadoopConfiguration(), progress)) {
      RunOutcome outcome =
          run.onSpark(
              spark,
              beginning,
              event -> {
                recording.on(event);
                progress.on(event);
              },
              () -> false);
      recording.endedAt(outcome.result().tokens());
      return new TrainedRun(name, settings, outcome, recording);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s of %s x %s units, %s shards, %s rounds of %s minibatches",
        name,
        settings.text("network.cell"),
        settings.text("network.layers"),
        settings.text("network.units"),
        settings.text("shards"),
        settings.text("train.rounds"),
        settings.text("train.sync_every"));
  }
}
