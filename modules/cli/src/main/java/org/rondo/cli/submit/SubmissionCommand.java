package org.rondo.cli.submit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.runs.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo submission}: what scripts/rondo-submit tells spark-submit. */
@Command(
    name = "submission",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Prints the arguments of spark-submit, one per line, for scripts/rondo-submit.",
    description = {
      "Everything after -- is what was given to scripts/rondo-submit. Where that asks for a command's",
      "help, it is shown on standard error, and nothing is printed."
    })
public final class SubmissionCommand implements Callable<Integer> {
  @Option(
      names = "--jar",
      paramLabel = "JAR",
      required = true,
      description = "Rondo's jar, as the cluster finds it.")
  private String jar;

  @Option(
      names = "--dry-run",
      description = "The arguments are to be printed only: the cluster need not be reached.")
  private boolean dryRun;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "A file that only its user can read: secrets among the settings are written there, and the arguments name it. Without one they are shown as secrets.")
  private Path secrets;

  @Parameters(
      arity = "1..*",
      paramLabel = "ARGUMENT",
      description = "Options of spark-submit, then a command of Rondo's with its arguments.")
  private List<String> words;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    SubmitArguments given = SubmitArguments.parse(words, System.getenv());
    CommandLine rondo = parser();
    if (SubmittedCommand.explain(given.command(), rondo, err)) {
      return CommandLine.ExitCode.OK;
    }
    var submission =
        new Submission(jar, given, rondo, note -> err.println("rondo-submit: " + note));
    if (!dryRun) {
      submission.requireReachable(System.getenv());
    }
    List<String> arguments = secrets == null ? submission.shown() : submission.arguments(secrets);
    for (String argument : arguments) {
      if (argument.contains("\n")) {
        throw new SettingsException("an argument holds a line break: " + argument);
      }
      spec.commandLine().getOut().println(argument);
    }
    return CommandLine.ExitCode.OK;
  }

  /** Reads a command line as the command does, and runs nothing. */
  private CommandLine parser() {
    return new CommandLine(spec.root().userObject()).setExpandAtFiles(false);
  }
}
