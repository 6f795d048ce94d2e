package org.rondo.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.runs.Plans;
import org.rondo.runs.ResumedText;
import org.rondo.runs.RunOutcome;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.TrainingRun;
import org.rondo.runs.TrainingRun.Beginning;
import org.rondo.runs.report.RunLog;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.events.TrainingEvent;
import org.rondo.training.events.TrainingListener;
import org.rondo.training.timing.WallClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo train}: from a configuration to checkpoints, a report and one line of figures. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Trains a network; writes checkpoints, events.jsonl and report.html to the output.",
    description = {
      "Progress goes to standard error; standard output gets one line of JSON at the end. Ctrl-C,",
      "SIGTERM and SIGHUP finish the round, write a checkpoint and end with 130; a second one ends",
      "at once. An earlier run in the output is moved into a folder earlier-N, unless it is resumed."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--resume", description = "Goes on after the latest checkpoint of the output.")
  private boolean resume;

  @Option(
      names = "--reshard",
      description =
          "With --resume: goes on even if the number of shards has changed; their hidden states and the optimizer's slots begin anew.")
  private boolean reshard;

  @Option(
      names = "--in-process",
      description = "Trains in threads of this process, without Spark, with the same bits.")
  private boolean inProcess;

  private Optional<Progress> progress = Optional.empty();

  @Override
  public Integer call() throws IOException {
    options.requireOnePlace(inProcess);
    requireResume();
    Settings settings = options.settings();
    var status = StatusLine.standardError(spec.commandLine().getErr());
    WallClock clock = WallClock.start();
    RunOutcome outcome;
    try (var interrupts = Interrupts.listen(status)) {
      Configuration hadoop = SparkStart.hadoop(settings, options.master());
      if (resume && new Plans(settings).ofText()) {
        ResumedText.require(settings, hadoop, interrupts.preparing());
      }
      try (var spark = new CommandSpark("train", settings, options.master(), status);
          TrainingRun run =
              TrainingRun.prepare(
                  settings,
                  hadoop,
                  CommandSpark.preparing(new Plans(settings), inProcess, spark::session),
                  interrupts.preparing())) {
        interrupts.starting();
        outcome = train(run, spark, status, interrupts);
      }
    }
    String resumed = NextCommand.resume(typed());
    String next =
        new Plans(settings).ofText() ? NextCommand.generate(options) : NextCommand.predict(options);
    Ending.lines(outcome, clock.seconds(), next, resumed).forEach(status::say);
    spec.commandLine().getOut().println(RunLog.json(outcome.figures()));
    return (outcome.result().interrupted() ? ExitCode.INTERRUPTED : ExitCode.DONE).number();
  }

  private void requireResume() {
    if (reshard && !resume) {
      throw new SettingsException(
          "--reshard changes how a run goes on, so it is given with --resume alone");
    }
  }

  private RunOutcome train(
      TrainingRun run, CommandSpark spark, StatusLine status, Interrupts interrupts)
      throws IOException {
    try (var shown = new Progress(status, run.plan(), run.timeLimit(), run.unit())) {
      progress = Optional.of(shown);
      TrainingListener listener =
          event -> {
            if (event instanceof TrainingEvent.Started) {
              interrupts.training();
            }
            shown.on(event);
          };
      return inProcess
          ? run.inProcess(beginning(), listener, interrupts::requested)
          : run.onSpark(spark.context(run.memory()), beginning(), listener, interrupts::requested);
    }
  }

  private Beginning beginning() {
    if (!resume) {
      return Beginning.FRESH;
    }
    return reshard ? Beginning.RESHARDED : Beginning.RESUMED;
  }

  private List<String> typed() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  /** How a run that failed goes on, if it left a checkpoint. */
  Optional<String> wayOn() {
    OptionalInt round = progress.map(Progress::resumable).orElse(OptionalInt.empty());
    return round.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "to go on after round %d: %s",
                round.getAsInt(),
                NextCommand.resume(typed())));
  }
}
