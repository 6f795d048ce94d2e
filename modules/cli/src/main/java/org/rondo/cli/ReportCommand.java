package org.rondo.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.kernels.Counted;
import org.rondo.runs.Settings;
import org.rondo.runs.report.RunsPage;
import org.rondo.runs.spark.SparkStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo report}: several runs in one page. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Draws several runs in one page.",
    description = {
      "Curves of training and validation over each other, the scores of the best checkpoints, speed,",
      "and what differs between settings, networks, data and machines. The page holds all that it",
      "draws; runs may go on meanwhile."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "The output folder of a run, which holds its events.jsonl.")
  private List<String> runs;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "A file such as runs.html; one that this command wrote is replaced.")
  private String output;

  @Override
  public Integer call() throws IOException {
    var hadoop = SparkStart.hadoop(Settings.defaults(), Optional.of("local"));
    RunsPage.write(runs, new Path(output), hadoop);
    spec.commandLine()
        .getErr()
        .println(
            String.format(Locale.ROOT, "written: %s, %s", output, Counted.of(runs.size(), "run")));
    return ExitCode.DONE.number();
  }
}
