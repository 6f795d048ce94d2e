package org.rondo.notebook;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.runs.Plans;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Settings;
import org.rondo.runs.TrainingRun;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.training.TrainingException;
import org.rondo.training.events.TrainingListener;

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
   * @throws RondoException if there is no such key, it holds something else, or it is Spark's,
   *     which has started already
   */
  public Trainer set(String key, Object value) {
    if (key.startsWith("spark.")) {
      throw new RondoException(
          String.format(
              Locale.ROOT,
              "%s = %s comes too late: Spark runs already; set it in the notebook's interpreter",
              key,
              value));
    }
    return RondoException.plainly(
        () -> new Trainer(spark, folder, name, with(settings, Map.of(key, String.valueOf(value)))));
  }

  /** Sets keys, having looked at each value by itself, so that its error names the method. */
  private Trainer changed(String call, Map<String, Object> values) {
    var keys = new TreeMap<String, String>();
    values.forEach((key, value) -> keys.put(key, String.valueOf(value)));
    try {
      var alone = new Plans(with(Settings.defaults(), keys));
      alone.network(1);
      alone.training();
    } catch (IllegalArgumentException e) {
      throw new RondoException(call + ": " + e.getMessage());
    }
    return new Trainer(spark, folder, name, with(settings, keys));
  }

  /**
   * Under which name the run appears in tables and charts; its folder is called alike. An earlier
   * run of that name is kept below it, as {@code earlier-1} and so on.
   *
   * @throws RondoException if the name has neither letters nor digits, or its folder is one of a
   *     prepared text
   */
  public Trainer named(String run) {
    String shown = run.strip().replaceAll("\\p{Cntrl}+", " ");
    String own = shown.replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}]+", "-");
    if (own.isEmpty() || own.equals("-") || own.startsWith(Rondo.TEXT)) {
      throw new RondoException(
          String.format(
              Locale.ROOT,
              "named(\"%s\"): gives no folder for the run; take a name with letters or digits that does not begin with %s",
              run,
              Rondo.TEXT));
    }
    return new Trainer(spark, folder, shown, with(settings, Map.of("output", folder + "/" + own)));
  }

  /** {@code lstm}, {@code gru} or {@code vanilla}. */
  public Trainer cell(String cell) {
    return changed("cell(\"" + cell + "\")", Map.of("network.cell", cell));
  }

  /** Recurrent layers, one above the other. */
  public Trainer layers(int layers) {
    return changed("layers(" + layers + ")", Map.of("network.layers", layers));
  }

  /** Hidden units of each layer. */
  public Trainer units(int units) {
    return changed("units(" + units + ")", Map.of("network.units", units));
  }

  /** Parts of the text, each learned by a task of its own. */
  public Trainer shards(int shards) {
    return changed("shards(" + shards + ")", Map.of("shards", shards));
  }

  /** How the shards come together after each round: {@code average}, {@code block-momentum}... */
  public Trainer synchronizer(String synchronizer) {
    return changed("synchronizer(\"" + synchronizer + "\")", Map.of("sync.name", synchronizer));
  }

  /** Rounds in all. */
  public Trainer rounds(int rounds) {
    return changed("rounds(" + rounds + ")", Map.of("train.rounds", rounds));
  }

  /** Minibatches that each shard trains in a round. */
  public Trainer minibatches(int minibatches) {
    return changed("minibatches(" + minibatches + ")", Map.of("train.sync_every", minibatches));
  }

  /** Streams of text that a shard reads side by side, and steps of backpropagation through time. */
  public Trainer batch(int streams, int unroll) {
    return changed(
        "batch(" + streams + ", " + unroll + ")",
        Map.of("train.batch", streams, "train.unroll", unroll));
  }

  /**
   * {@code sgd}, {@code momentum}, {@code nesterov}, {@code adam} or {@code adamw}, and its
   * learning rate.
   */
  public Trainer optimizer(String optimizer, double learningRate) {
    return changed(
        "optimizer(\"" + optimizer + "\", " + learningRate + ")",
        Map.of("optimizer.name", optimizer, "optimizer.learning_rate", learningRate));
  }

  /** Rounds from one evaluation to the next; each prints a line and gives the curves a point. */
  public Trainer evaluateEvery(int rounds) {
    return changed("evaluateEvery(" + rounds + ")", Map.of("evaluate.every", rounds));
  }

  /**
   * Trains from fresh parameters, printing how it goes.
   *
   * @throws RondoException if the keys do not fit together; if training cannot go on, its
   *     validation loss exploded, or it was cancelled, where {@link #resume} goes on from the last
   *     checkpoint
   */
  public TrainedRun train() {
    return RondoException.plainly(() -> run(Beginning.FRESH));
  }

  /**
   * Goes on after the newest checkpoint of the run of this name, to the last round.
   *
   * @throws RondoException as {@link #train}, or if there is no checkpoint
   */
  public TrainedRun resume() {
    return RondoException.plainly(() -> run(Beginning.RESUMED));
  }

  private TrainedRun run(Beginning beginning) throws IOException {
    var progress = new ProgressLines(scala.Console.out());
    var recording = new Recording();
    try (var watch = new CancelWatch(spark.sc());
        TrainingRun run = TrainingRun.prepare(settings, spark.hadoopConfiguration(), progress)) {
      TrainingListener listener =
          event -> {
            recording.on(event);
            progress.on(event);
            watch.isCancelled(); // takes an interrupt before writing files might swallow it
          };
      RunOutcome outcome =
          unlessCancelled(
              watch, recording, () -> run.onSpark(spark, beginning, listener, watch::isCancelled));
      recording.endedAt(outcome.result().tokens());
      if (outcome.explosion().isPresent()) {
        throw new RondoException(
            outcome.explosion().get() + "; a smaller learning rate in optimizer(...) may help");
      }
      return new TrainedRun(name, settings, outcome, recording);
    }
  }

  /** A cancel ends the run by itself between jobs, by an exception within one. */
  private static RunOutcome unlessCancelled(CancelWatch watch, Recording recording, Work training)
      throws IOException {
    try {
      if (!watch.isCancelled()) {
        RunOutcome outcome = training.run();
        if (!outcome.result().interrupted()) {
          return outcome;
        }
      }
    } catch (TrainingException e) {
      if (!watch.isCancelled()) {
        throw e;
      }
    }
    throw new RondoException(recording.cancelled());
  }

  /** A training under way. */
  private interface Work {
    RunOutcome run() throws IOException;
  }

  @Override
  public String toString() {
    return Drawn.text(
        String.format(
            Locale.ROOT,
            "%s: %s of %s x %s units, %s shards, %s rounds of %s minibatches",
            name,
            settings.text("network.cell"),
            settings.text("network.layers"),
            settings.text("network.units"),
            settings.text("shards"),
            settings.text("train.rounds"),
            settings.text("train.sync_every")));
  }
}
