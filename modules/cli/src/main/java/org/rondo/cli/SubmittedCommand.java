package org.rondo.cli;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rondo.runs.Settings;
import org.rondo.runs.SettingsException;
import picocli.CommandLine.ParseResult;

/**
 * A command that is to run elsewhere, read as it will be there: what is wrong with it shows here.
 *
 * @param words the command and its arguments
 * @param conf the word that names its configuration file, as it was given; empty if there is none
 * @param settings of that file, with what {@code --set} changes
 */
record SubmittedCommand(List<String> words, Optional<String> conf, Settings settings) {
  static SubmittedCommand parse(List<String> words) {
    ParseResult parsed = Main.parser().parseArgs(words.toArray(String[]::new)).subcommand();
    if (parsed.hasMatchedOption("--master")) {
      throw new SettingsException(
          "--master is an option of spark-submit here: give it before %s".formatted(words.get(0)));
    }
    File file = parsed.matchedPositionalValue(0, null);
    Map<String, String> overrides = parsed.matchedOptionValue("--set", Map.of());
    Settings settings = file == null ? Settings.defaults() : Settings.load(file);
    // A File's own path may be another word: without a second slash, for one.
    Optional<String> conf =
        Optional.ofNullable(file)
            .map(given -> parsed.matchedPositional(0).originalStringValues().get(0));
    return new SubmittedCommand(words, conf, settings.with(overrides, "--set"));
  }

  /** Whether it keeps executors busy with a network. */
  boolean computes() {
    return List.of("train", "evaluate").contains(words.get(0));
  }
}
