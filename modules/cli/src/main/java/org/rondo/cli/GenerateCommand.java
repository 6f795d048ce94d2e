package org.rondo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rondo.cli.exit.ExitCode;
import org.rondo.cli.exit.Interrupts;
import org.rondo.cli.terminal.StandardOutput;
import org.rondo.cli.terminal.StatusLine;
import org.rondo.cli.terminal.TerminalText;
import org.rondo.cli.terminal.VersionLine;
import org.rondo.runs.Plans;
import org.rondo.runs.Sampling;
import org.rondo.runs.Settings;
import org.rondo.runs.spark.SparkStart;
import org.rondo.training.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo generate}: lets a trained network write. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    header = "Writes text with the best checkpoint of a run.",
    description = {
      "Prints text on standard output, the prime first. The options stand for the keys generate.*;",
      "the same seed gives the same text."
    })
final class GenerateCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Mixin private CheckpointOption checkpoint;
  @Spec private CommandSpec spec;

  @Option(names = "--length", paramLabel = "N", description = "Tokens to write.")
  private String length;

  @Option(
      names = "--prime",
      paramLabel = "TEXT",
      description = "Text to go on from; - reads it from standard input.")
  private String prime;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "Below 1 safer, above 1 wilder, 0 always the likeliest token.")
  private String temperature;

  @Option(names = "--top-k", paramLabel = "K", description = "Draw among the K likeliest only.")
  private String topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Draw among the likeliest that hold this share of probability.")
  private String topP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description = "Above 1, tokens that the text holds already become less likely.")
  private String repetitionPenalty;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Search for the likeliest text, to its end or to a stop, keeping N at each token; draws nothing.")
  private String beam;

  @Option(names = "--samples", paramLabel = "N", description = "Texts to draw.")
  private String samples;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Text before which to end; several with | between them.")
  private String stop;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the draws.")
  private String seed;

  @Override
  public Integer call() {
    Settings settings = generateKeys(options.settings());
    PrintWriter err = spec.commandLine().getErr();
    try (var interrupts = Interrupts.listen(StatusLine.standardError(err))) {
      interrupts.starting();
      write(settings, err);
    }
    return ExitCode.DONE.number();
  }

  private void write(Settings settings, PrintWriter err) {
    var plans = new Plans(settings);
    plans.check();
    Checkpoint trained = checkpoint.open(plans, SparkStart.hadoop(settings, Optional.of("local")));
    Sampling sampling = Sampling.of(trained);
    sampling.remark(plans).map(TerminalText::lines).ifPresent(err::println);
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = TerminalText.isStandardOutput();
    sampling.write(
        plans,
        piece -> {
          out.print(terminal ? TerminalText.lines(piece) : piece);
          StandardOutput.requireWritten(out);
        });
    out.println();
  }

  /** The settings, under the options that were given for the keys that they stand for. */
  private Settings generateKeys(Settings settings) {
    Settings all = with(settings, "length", length);
    all = with(all, "prime", "-".equals(prime) ? standardInput() : prime);
    all = with(all, "temperature", temperature);
    all = with(all, "top_k", topK);
    all = with(all, "top_p", topP);
    all = with(all, "repetition_penalty", repetitionPenalty);
    all = with(all, "beam", beam);
    all = with(all, "samples", samples);
    all = with(all, "stop", stop);
    return with(all, "seed", seed);
  }

  /** All of it, but for a line's end behind it, as a shell leaves it there. */
  private static String standardInput() {
    try {
      String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read: " + e.getMessage(), e);
    }
  }

  private static Settings with(Settings settings, String name, String value) {
    return value == null
        ? settings
        : settings.withText("generate." + name, value, "--" + name.replace('_', '-'));
  }
}
