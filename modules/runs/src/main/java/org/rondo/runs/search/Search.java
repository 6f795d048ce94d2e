package org.rondo.runs.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.rondo.driver.output.OutputOwner;
import org.rondo.runs.Plans;
import org.rondo.runs.RunMessages;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.SparkAccess;
import org.rondo.runs.TrainingRun;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.runs.WritableOutput;
import org.rondo.runs.report.RunFolder;
import org.rondo.training.DivergedException;
import org.rondo.training.JobMemory;
import org.rondo.training.TrainingPlan;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.storage.Storage;

/**
 * A search: its trials are trained side by side, rung by rung, and after each rung the best go on.
 * A trial is an ordinary run, bit-identical to one of its own configuration alone. What was found
 * out is in the folder of the search, which it owns until it is closed; {@link #run} goes on from
 * there after a kill.
 */
public final class Search implements AutoCloseable {
  /** Where the runs of trials are trained: Spark, or threads of this process. */
  @FunctionalInterface
  public interface Place {
    /** Trains a run to its end, or until it is to stop, as {@link TrainingRun} does. */
    RunOutcome train(
        TrainingRun run, Beginning beginning, TrainingListener listener, BooleanSupplier stop)
        throws IOException;
  }

  private static final String TABLE = "search.csv";
  private static final String WINNER = "best.conf";

  private final SearchPlan plan;
  private final RunFolder folder;
  private final OutputOwner owner;
  private final SearchRecord record;
  private final TrialTraining training;
  private final RunMessages messages;
  private final List<TrainingPlan> runs = new ArrayList<>();
  private JobMemory memory;

  private Search(
      SearchPlan plan,
      RunFolder folder,
      OutputOwner owner,
      TrialTraining training,
      RunMessages messages)
      throws IOException {
    this.plan = plan;
    this.folder = folder;
    this.owner = owner;
    this.training = training;
    this.messages = messages;
    record = SearchRecord.open(folder);
  }

  /**
   * Room for the tasks that read rows, before their networks are known.
   *
   * @throws SettingsException if there is something wrong with the settings, of any trial
   */
  public static JobMemory likelyMemory(Settings settings) {
    return trials(settings).stream()
        .map(trial -> new Plans(trial).rows().likelyMemory())
        .reduce(JobMemory::larger)
        .orElseThrow();
  }

  /**
   * The settings of each trial, in the order of their numbers.
   *
   * @throws SettingsException if there is something wrong with them
   */
  public static List<Settings> trials(Settings settings) {
    return SearchPlan.of(settings).trials().stream().map(Trial::settings).toList();
  }

  /**
   * Checks the settings of every trial and prepares the data, unless they are prepared: what is
   * wrong shows before anything is trained.
   *
   * @param resume whether to go on with what the output holds
   * @param spark is asked for a session where the data are rows
   * @param messages is told the same of several trials once
   * @throws SettingsException naming the key, and the trial; or if the output holds a search that
   *     is not resumed
   */
  public static Search prepare(
      Settings settings,
      Configuration hadoop,
      boolean resume,
      SparkAccess spark,
      RunMessages messages)
      throws IOException {
    SearchPlan plan = SearchPlan.of(settings);
    WritableOutput.require("output", plan.output(), hadoop);
    var folder = new RunFolder(plan.output(), hadoop);
    OutputOwner owner = OutputOwner.take(Storage.of(folder.path(), hadoop), messages::say);
    try {
      var search = new Search(plan, folder, owner, new TrialTraining(hadoop, spark), messages);
      search.requireOwn(resume);
      folder.deleteHalfWritten();
      search.prepareTrials();
      return search;
    } catch (IOException | RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  private void requireOwn(boolean resume) {
    if (!resume && !record.isEmpty()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "output = %s: holds a search; --resume goes on with it, or choose another output",
              plan.output()));
    }
    int before = record.ranking().stream().mapToInt(Standing::trial).max().orElse(0);
    if (before > plan.trials().size()) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "output = %s: holds a search of at least %d trials, and these are %d; go on with its own settings, or choose another output",
              plan.output(),
              before,
              plan.trials().size()));
    }
  }

  private void prepareTrials() throws IOException {
    var said = new SaidOnce(messages);
    for (Trial trial : plan.trials()) {
      said.show(String.format(Locale.ROOT, "preparing %s", trial.text()));
      TrialTraining.Prepared prepared = training.prepare(trial, said);
      runs.add(prepared.plan());
      memory = memory == null ? prepared.memory() : JobMemory.larger(memory, prepared.memory());
    }
    record.keep(this::isOfItsRung);
    said.clear();
    said.say(
        String.format(
            Locale.ROOT,
            "%d trials, %s",
            plan.trials().size(),
            plan.halving().rungs() == 1
                ? "each trained to its end"
                : String.format(
                    Locale.ROOT,
                    "in %d rungs: one in %d goes on",
                    plan.halving().rungs(),
                    plan.halving().factor())));
  }

  /** Whether a trial stood there as this search has it: with other rungs, rounds were others. */
  private boolean isOfItsRung(Standing standing) {
    return standing.rung() <= plan.halving().rungs()
        && standing.isAt(goal(standing.trial(), standing.rung()));
  }

  /** Rounds of a trial at the end of a rung. */
  private int goal(int trial, int rung) {
    TrainingPlan run = runs.get(trial - 1);
    return plan.halving().rounds(rung, run.rounds().count(), run.evaluation().every());
  }

  /** What the tasks of any trial take beside the heap. */
  public JobMemory memory() {
    return memory;
  }

  /** The files of the search. */
  public RunFolder folder() {
    return folder;
  }

  /**
   * Trains what is still to be trained.
   *
   * @param place where
   * @param stopRequested asked after each round of a trial; when true, all of them write
   *     checkpoints and end
   * @throws DivergedException if no trial is left that did not diverge
   * @throws org.rondo.training.TrainingException if a trial cannot go on for another reason; the
   *     others end after their rounds, and a resumed search goes on with all
   */
  public SearchOutcome run(Place place, BooleanSupplier stopRequested) throws IOException {
    List<Trial> left = plan.trials();
    for (int rung = 1; rung <= plan.halving().rungs(); rung++) {
      RungTraining.OneTrial one = (trial, of, stop) -> train(trial, of, place, stop);
      if (!new RungTraining(one, rung, messages).run(left, plan.parallel(), stopRequested)) {
        return outcome(Optional.empty());
      }
      List<Standing> ranking = ranking(left, rung);
      requireOneLeft(ranking);
      left =
          ranking.stream()
              .filter(standing -> !standing.hasFailed())
              .limit(plan.halving().survivors(left.size()))
              .map(standing -> plan.trials().get(standing.trial() - 1))
              .toList();
    }
    // Of all that are trained to the end: a smaller search may have trained others there.
    Trial best = plan.trials().get(record.ranking().get(0).trial() - 1);
    String text =
        ConfigurationText.of(
            best.settings(), "the best of a search, " + best.text() + "; its run is in output");
    write(WINNER, text);
    return outcome(Optional.of(best));
  }

  /** Trains one trial to the end of a rung, unless that was done before. */
  private boolean train(Trial trial, RungTraining shown, Place place, BooleanSupplier stop)
      throws IOException {
    int rung = shown.number();
    if (record.at(trial.number(), rung).isPresent()) {
      return true;
    }
    Optional<Standing> before = record.at(trial.number(), rung - 1).filter(Standing::ended);
    int goal = goal(trial.number(), rung);
    Optional<Standing> standing =
        before.isPresent()
            ? before.map(ended -> ended.at(rung))
            : training.train(
                trial, rung, goal, place, rounds -> shown.trained(trial, rounds, goal), stop);
    if (standing.isPresent()) {
      owner.requireNotLost();
      record.add(standing.get());
      messages.say(trial.text() + ": " + standing.get().text());
    }
    return standing.isPresent();
  }

  private List<Standing> ranking(List<Trial> trials, int rung) {
    return trials.stream()
        .map(trial -> record.at(trial.number(), rung).orElseThrow())
        .sorted(Standing.BEST_FIRST)
        .toList();
  }

  private static void requireOneLeft(List<Standing> ranking) {
    if (ranking.get(0).hasFailed()) {
      throw new DivergedException(
          String.format(
              Locale.ROOT,
              "every trial of the search diverged, the first with: %s",
              ranking.get(0).failure()));
    }
  }

  private SearchOutcome outcome(Optional<Trial> best) throws IOException {
    List<Standing> ranking = record.ranking();
    var curves = new TreeMap<Integer, SortedMap<Integer, Double>>();
    for (Standing standing : ranking) {
      curves.put(
          standing.trial(),
          TrialCurve.of(training.folder(plan.trials().get(standing.trial() - 1))));
    }
    var outcome =
        new SearchOutcome(plan.trials(), ranking, curves, best, folder.shown(folder.file(WINNER)));
    write(TABLE, outcome.table().csv());
    return outcome;
  }

  private void write(String name, String text) throws IOException {
    folder.write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Gives the output free. */
  @Override
  public void close() {
    owner.close();
  }
}
