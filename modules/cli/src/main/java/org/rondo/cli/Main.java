package org.rondo.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Explanation;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.submit.SubmissionCommand;
import org.rondo.cli.terminal.StandardOutput;
import org.rondo.cli.terminal.TerminalText;
import org.rondo.cli.terminal.VersionLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Entry point of the {@code rondo} command. */
@Command(
    name = "rondo",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Trains recurrent neural networks on Apache Spark.",
    description = {
      "",
      "A first run, from the project's root:",
      "  scripts/rondo train conf/char-lm.conf --set data.path=TEXT --set output=output/first",
      "  scripts/rondo generate conf/char-lm.conf --set output=output/first",
      ""
    },
    footer = {
      "",
      "rondo COMMAND --help explains a command; conf/ holds examples of configurations.",
      "Exit codes: 0 done, 2 bad usage or configuration, 3 bad data, 4 failed, 130 interrupted by",
      "SIGINT (Ctrl-C), SIGTERM or SIGHUP."
    },
    subcommands = {
      PrepareCommand.class,
      TrainCommand.class,
      SearchCommand.class,
      EvaluateCommand.class,
      GenerateCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ReportCommand.class,
      DoctorCommand.class,
      SubmissionCommand.class
    })
public final class Main {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows the stack trace of an error.")
  private boolean verbose;

  private Main() {}

  /** What reads a command line as the command does, but runs nothing. */
  public static CommandLine parser() {
    return literal(new CommandLine(new Main()));
  }

  /** An argument such as --prime @home is meant as it stands, not as the name of a file. */
  private static CommandLine literal(CommandLine line) {
    return line.setExpandAtFiles(false);
  }

  /**
   * Runs one command; if it fails, ends the process with its exit code. A run that succeeds returns
   * instead: a driver that exits by itself has failed in the eyes of YARN.
   */
  public static void main(String[] args) {
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:org/rondo/cli/log4j2.properties");
    }
    int code =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args);
    if (code != ExitCode.DONE.number()) {
      System.exit(code);
    }
  }

  /** Runs one command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Locale.setDefault(Locale.ROOT);
    Optional<String> unreadable = ReadableArguments.obstacle(args);
    if (unreadable.isPresent()) {
      err.println("rondo: " + unreadable.get());
      return ExitCode.USAGE.number();
    }
    var main = new Main();
    CommandLine line = literal(new CommandLine(main));
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpWidth(helpWidth());
    line.setExecutionExceptionHandler((e, of, parsed) -> main.explain(e, line, args));
    line.setParameterExceptionHandler(
        (e, rest) -> {
          err.println(
              "rondo: " + TerminalText.lines(e.getMessage().replace("option option", "option")));
          CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
          err.println(e.getCommandLine().getCommandSpec().qualifiedName() + " --help tells more");
          return ExitCode.USAGE.number();
        });
    try {
      int code = line.execute(args);
      if (code == ExitCode.DONE.number()) {
        StandardOutput.requireWritten(out);
      }
      return code;
    } catch (UncheckedIOException | Error e) {
      return main.explain(e, line, args);
    }
  }

  /** That of the terminal, as far as picocli can go. */
  private static int helpWidth() {
    return Math.max(55, Math.min(100, Integer.getInteger("rondo.columns", 100)));
  }

  /** Says in one sentence what went wrong; the stack trace only where it was asked for. */
  private int explain(Throwable failure, CommandLine line, String... args) {
    PrintWriter err = line.getErr();
    if (Interrupts.exiting()) {
      return ExitCode.INTERRUPTED.number(); // what failed is what the signal stopped
    }
    Explanation explanation =
        Explanation.of(failure, args.length == 0 ? "rondo" : args[0], () -> RemotePlaces.in(args));
    err.println("rondo: " + TerminalText.lines(explanation.sentence()));
    if (verbose) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      err.print(TerminalText.lines(trace.toString()));
      err.flush();
    } else if (explanation.code() == ExitCode.FAILED) {
      err.println("--verbose shows where");
    }
    if (line.getSubcommands().get("train").getCommand() instanceof TrainCommand train) {
      train.wayOn().ifPresent(way -> err.println(TerminalText.lines(way)));
    }
    return explanation.code().number();
  }
}
