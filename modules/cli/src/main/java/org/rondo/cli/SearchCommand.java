package org.rondo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.results.SearchPage;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SparkAccess;
import org.rondo.runs.report.RunFolder;
import org.rondo.runs.report.RunLog;
import org.rondo.runs.search.Search;
import org.rondo.runs.search.SearchOutcome;
import org.rondo.runs.spark.SparkStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo search}: trains one configuration with many values of some keys, keeps the best. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Searches for good values of keys: trains trials side by side and compares them.",
    description = {
      "The section search of the configuration says which keys take which values. Every trial is an",
      "ordinary run in OUTPUT/trial-NNN, whose trial.conf evaluate, predict and generate read. Leaves",
      "search.csv, search.html and best.conf, the configuration of the best trial. Ctrl-C, SIGTERM",
      "and SIGHUP finish the rounds in progress and write checkpoints; --resume goes on."
    })
final class SearchCommand implements Callable<Integer> {
  private static final String PAGE = "search.html";

  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--resume",
      description = "Goes on with the search of the output, its finished and half-finished trials.")
  private boolean resume;

  @Option(
      names = "--in-process",
      description = "Trains in threads of this process, without Spark, with the same bits.")
  private boolean inProcess;

  @Override
  public Integer call() throws IOException {
    options.requireOnePlace(inProcess);
    Settings settings = options.settings();
    var status = StatusLine.standardError(spec.commandLine().getErr());
    SearchOutcome outcome;
    try (var interrupts = Interrupts.listen(status);
        var spark = new CommandSpark("search", settings, options.master(), status)) {
      Configuration hadoop = SparkStart.hadoop(settings, options.master());
      SparkAccess session =
          CommandSpark.preparing(
              new Plans(settings), inProcess, () -> spark.session(Search.likelyMemory(settings)));
      try (Search search =
          Search.prepare(settings, hadoop, resume, session, interrupts.preparing())) {
        interrupts.starting();
        Search.Place place = place(spark, search);
        interrupts.training();
        outcome = search.run(place, interrupts::requested);
        write(search.folder(), outcome);
      }
    }
    status.say(outcome.table().toString().stripTrailing());
    outcome
        .best()
        .ifPresentOrElse(
            best -> status.say("next     " + NextCommand.evaluate(outcome.configuration())),
            () ->
                status.say(
                    "go on    "
                        + NextCommand.resume(
                            spec.root().commandLine().getParseResult().originalArgs())));
    spec.commandLine().getOut().println(RunLog.json(outcome.figures()));
    return (outcome.best().isPresent() ? ExitCode.DONE : ExitCode.INTERRUPTED).number();
  }

  private Search.Place place(CommandSpark spark, Search search) {
    if (inProcess) {
      return (run, beginning, listener, stop) -> run.inProcess(beginning, listener, stop);
    }
    JavaSparkContext context = spark.context(search.memory());
    return (run, beginning, listener, stop) -> run.onSpark(context, beginning, listener, stop);
  }

  private static void write(RunFolder folder, SearchOutcome outcome) throws IOException {
    String page = SearchPage.html(outcome);
    folder.write(PAGE, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }
}
