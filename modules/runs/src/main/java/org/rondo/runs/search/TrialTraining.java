package org.rondo.runs.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rondo.runs.RunMessages;
import org.rondo.runs.SettingsException;
import org.rondo.runs.SparkAccess;
import org.rondo.runs.TrainingRun;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.runs.report.RunFolder;
import org.rondo.training.DivergedException;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingPlan;
import org.rondo.training.checkpoint.Checkpoint;
import org.rondo.training.checkpoint.CheckpointStore;
import org.rondo.training.checkpoint.RunRecord;
import org.rondo.training.checkpoint.RunState;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/** Trains one trial after the other in runs of their own, rung by rung. For several threads. */
final class TrialTraining {
  /** The configuration of a trial, in its folder. */
  static final String CONFIGURATION = "trial.conf";

  private final Configuration hadoop;
  private final SparkAccess spark;

  /**
   * @param spark is asked for a session where the data are rows
   */
  TrialTraining(Configuration hadoop, SparkAccess spark) {
    this.hadoop = hadoop;
    this.spark = spark;
  }

  /**
   * What a trial's run is to be.
   *
   * @param memory that its tasks take beside the heap
   */
  record Prepared(TrainingPlan plan, JobMemory memory) {}

  /**
   * Prepares a trial's data, unless they are prepared, and writes its configuration.
   *
   * @throws SettingsException naming the trial whose settings are wrong, or are no longer those
   *     with which it was begun
   */
  Prepared prepare(Trial trial, RunMessages messages) throws IOException {
    try (TrainingRun run = open(trial, messages)) {
      writeConfiguration(trial);
      return new Prepared(run.plan(), run.memory());
    } catch (SettingsException e) {
      throw new SettingsException(
          String.format(Locale.ROOT, "%s: %s", trial.text(), e.getMessage()), e);
    }
  }

  /** One at a time, so that data that several trials share are prepared once. */
  private synchronized TrainingRun open(Trial trial, RunMessages messages) throws IOException {
    return TrainingRun.prepare(trial.settings(), hadoop, spark, messages);
  }

  /** That of the trial's run. */
  RunFolder folder(Trial trial) throws IOException {
    return new RunFolder(trial.settings().text("output"), hadoop);
  }

  private void writeConfiguration(Trial trial) throws IOException {
    RunFolder folder = folder(trial);
    String text =
        ConfigurationText.of(
            trial.settings(), trial.text() + " of a search; rondo evaluate and others read it");
    List<String> before;
    try (var reader = folder.read(CONFIGURATION)) {
      before = reader.lines().toList();
    }
    if (!before.isEmpty() && !decisive(before).equals(decisive(text.lines().toList()))) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "it was begun with other settings, see %s; go on with those, or choose another output",
              folder.shown(folder.file(CONFIGURATION))));
    }
    folder.write(CONFIGURATION, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Without comments, and without what only Spark reads, which decides no bit. */
  private static List<String> decisive(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("#") && !line.startsWith("spark."))
        .toList();
  }

  /**
   * Trains a trial from where it stands to the end of a rung; at once, if it is there.
   *
   * @param goal rounds at the end of the rung
   * @param place where it is trained
   * @param trained is told of each round
   * @param stop asked after each round whether to end before the goal
   * @return empty if it was stopped
   */
  Optional<Standing> train(
      Trial trial,
      int rung,
      int goal,
      Search.Place place,
      IntConsumer trained,
      BooleanSupplier stop)
      throws IOException {
    Optional<Standing> there = standing(trial, rung);
    if (there.filter(standing -> standing.isAt(goal)).isPresent()) {
      return there;
    }
    var rounds = new RoundCount(trained);
    try (TrainingRun run = open(trial, text -> {})) {
      place.train(
          run.withoutPages(),
          there.isPresent() ? Beginning.RESUMED : Beginning.FRESH,
          rounds,
          () -> rounds.count >= goal || stop.getAsBoolean());
    } catch (DivergedException e) {
      return Optional.of(Standing.diverged(trial.number(), rung, e.getMessage()));
    }
    return standing(trial, rung).filter(standing -> standing.isAt(goal));
  }

  /** By its newest checkpoint; empty if there is none yet. */
  private Optional<Standing> standing(Trial trial, int rung) {
    Storage output = Storage.of(new Path(trial.settings().text("output")), hadoop);
    return new CheckpointStore(output)
        .newestRound()
        .requireSomeWhole()
        .map(Checkpoint::run)
        .map(run -> standing(trial, rung, run));
  }

  private static Standing standing(Trial trial, int rung, RunRecord run) {
    RunState state = run.state();
    return new Standing(
        trial.number(),
        rung,
        state.round(),
        state.tokens(),
        state.seconds(),
        state.end(run.plan()).isPresent(),
        state.bestScores(),
        "");
  }

  /** Counts a run's rounds; heard and asked by one thread. */
  private static final class RoundCount implements TrainingListener {
    private final IntConsumer trained;
    private int count;

    RoundCount(IntConsumer trained) {
      this.trained = trained;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.RoundFinished round) {
        count = round.round();
        trained.accept(count);
      }
    }
  }
}
