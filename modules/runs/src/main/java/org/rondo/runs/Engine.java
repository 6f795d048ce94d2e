package org.rondo.runs;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.driver.TrainingResult;
import org.rondo.driver.output.OutputOwner;
import org.rondo.kernels.OpenSet;
import org.rondo.models.NetworkSpec;
import org.rondo.training.Carrier;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.StopRequest;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/**
 * What trains the network of a run: Rondo itself, or another library to compare it with. An {@link
 * OpenSet}, so that a jar on the class path adds one.
 */
public interface Engine {
  /** Every engine that is found. */
  OpenSet<Engine> ALL = new OpenSet<>(Engine.class, "engine", "engine", Engine::name);

  /** The configuration's word for it. */
  String name();

  /**
   * Checks that it can train this, before the text is prepared.
   *
   * @param network over a vocabulary that is not known yet
   * @throws SettingsException naming a key whose value it has not, and what to set instead
   */
  void check(NetworkSpec network, TrainingPlan plan);

  /**
   * Checks that it can begin so, before anything of an earlier run is touched.
   *
   * @param onSpark else in threads of one process
   * @throws SettingsException naming the option of the command to leave away
   */
  void checkStart(TrainingRun.Beginning beginning, boolean onSpark);

  /**
   * Trains to the end. The output then holds a checkpoint of the best parameters.
   *
   * @throws org.rondo.training.TrainingException if training cannot go on
   */
  TrainingResult train(Work work);

  /**
   * A prepared run.
   *
   * @param carrier of the job; evaluates, and runs Rondo's own workers
   * @param spark the context that the carrier runs on, if it does
   * @param output folder of the run; checkpoints go below it
   * @param owner of the output, to be asked before something is written there
   * @param initial parameters that a fresh run begins with, if not with its own
   * @param listener is to hear of every round
   * @param stop asked after each round whether the run is to end
   */
  record Work(
      Carrier carrier,
      Optional<JavaSparkContext> spark,
      TrainingRun.Beginning beginning,
      Storage output,
      OutputOwner owner,
      Optional<float[]> initial,
      TrainingListener listener,
      StopRequest stop) {}

  /**
   * The engine of that name.
   *
   * @throws SettingsException if the class path has none, with how to bring one that Rondo has
   */
  static Engine named(String name) {
    return ALL.find(name).orElseThrow(() -> unknown(name));
  }

  private static SettingsException unknown(String name) {
    String cure =
        name.equals("dl4j")
            ? "; the module interop brings dl4j: put its jars on RONDO_CLASS_PATH, see docs/migrating-from-dl4j.md"
            : "";
    return new SettingsException(
        String.format(
            Locale.ROOT,
            "engine = %s: no such engine on the class path; there are %s%s",
            name,
            ALL.names(),
            cure));
  }
}
