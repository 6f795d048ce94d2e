package org.rondo.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.rondo.runs.SettingsException;
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
    description = "Everything after -- is what was given to scripts/rondo-submit.")
final class SubmissionCommand implements Callable<Integer> {
  @Option(
      names = "--jar",
      paramLabel = "JAR",
      required = true,
      description = "Rondo's jar, as the cluster finds it.")
  private String jar;

  @Parameters(
      arity = "1..*",
      paramLabel = "ARGUMENT",
      description = "Options of spark-submit, then a command of Rondo's with its arguments.")
  private List<String> words;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<String> arguments =
        new Submission(
                jar,
                SubmitArguments.parse(words, System.getenv()),
                note -> spec.commandLine().getErr().println("rondo-submit: " + note))
            .arguments();
    for (String argument : arguments) {
      if (argument.contains("\n")) {
        throw new SettingsException("an argument holds a line break: " + argument);
      }
      spec.commandLine().getOut().println(argument);
    }
    return ExitCode.DONE.number();
  }
}
