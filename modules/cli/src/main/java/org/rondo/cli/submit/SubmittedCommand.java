package org.rondo.cli.submit;

import java.io.File;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import org.rondo.runs.search.Search;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * A command that is to run elsewhere, read as it will be there: what is wrong with it shows here.
 *
 * @param words the command and its arguments
 * @param conf the word that names its configuration file, as it was given; empty if there is none
 * @param startsSpark whether it starts a Spark of its own in any case, as a command on one
 *     machine's files does not
 * @param settings of that file, with what {@code --set} changes
 */
record SubmittedCommand(
    List<String> words, Optional<String> conf, boolean startsSpark, Settings settings) {
  private static final List<String> COMPUTING = List.of("train", "evaluate", "search");

  /**
   * Prints what a command's {@code --help} or {@code --version} does, if the words ask for it.
   *
   * @param rondo reads them
   * @return whether they do
   */
  static boolean explain(List<String> words, CommandLine rondo, PrintWriter out) {
    ParseResult parsed = read(words, rondo);
    parsed.commandSpec().commandLine().setOut(out).setUsageHelpWidth(100);
    return CommandLine.executeHelpRequest(parsed) != null;
  }

  static SubmittedCommand parse(List<String> words, CommandLine rondo) {
    ParseResult parsed = read(words, rondo).subcommand();
    if (parsed.hasMatchedOption("--master")) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "--master is an option of spark-submit here: give it before %s",
              words.get(0)));
    }
    if (parsed.hasMatchedOption("--in-process")) {
      throw new SettingsException(
          "--in-process trains without Spark: give it to scripts/rondo, not to spark-submit");
    }
    File file = parsed.matchedPositionalValue(0, null);
    Map<String, String> overrides = parsed.matchedOptionValue("--set", Map.of());
    Settings settings =
        (file == null ? Settings.defaults() : Settings.load(file)).with(overrides, "--set");
    return new SubmittedCommand(
        words,
        // A File's own path may be another word: without a second slash, for one.
        Optional.ofNullable(file)
            .map(given -> parsed.matchedPositional(0).originalStringValues().get(0)),
        startsSpark(words.get(0), parsed, settings),
        settings);
  }

  /** A text is prepared by the driver unless it is long, and lines are predicted by it. */
  private static boolean startsSpark(String command, ParseResult parsed, Settings settings) {
    return switch (command) {
      case "prepare" -> new Plans(settings).ofDocuments() || !new Plans(settings).ofText();
      case "predict" -> !parsed.matchedOptionValue("--input", "").equals("-");
      default -> COMPUTING.contains(command) || parsed.hasMatchedOption("--cluster");
    };
  }

  private static ParseResult read(List<String> words, CommandLine rondo) {
    if (!rondo.getSubcommands().containsKey(words.get(0))) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s is no command of Rondo's; after the options of spark-submit comes one, such as train my.conf",
              words.get(0)));
    }
    return rondo.parseArgs(words.toArray(String[]::new));
  }

  /** Whether it keeps executors busy with a network. */
  boolean computes() {
    return COMPUTING.contains(words.get(0));
  }

  /** Those of each run whose network it trains or measures. */
  List<Settings> runs() {
    return words.get(0).equals("search") ? Search.trials(settings) : List.of(settings);
  }
}
