package org.rondo.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rondo.runs.Plans;
import org.rondo.runs.Settings;
import picocli.CommandLine.ParseResult;

/** The places beyond this machine that a command line names, for errors of storage. */
final class RemotePlaces {
  private RemotePlaces() {}

  /** Such as {@code , while using output = hdfs://a/b}; empty if there are none. */
  static String in(String... args) {
    var places = new ArrayList<String>();
    try {
      ParseResult parsed = Main.parser().parseArgs(args).subcommand();
      List<String> checkpoints = parsed.matchedOptionValue("--checkpoint", List.of());
      checkpoints.stream()
          .filter(path -> path.contains("://"))
          .forEach(path -> places.add("--checkpoint " + path));
      places.addAll(configured(parsed));
    } catch (RuntimeException e) {
      // The failure to be explained is another one: what cannot be read now names no places.
    }
    return places.isEmpty() ? "" : ", while using " + String.join(", ", places);
  }

  private static List<String> configured(ParseResult parsed) {
    File file = parsed.matchedPositionalValue(0, null);
    Map<String, String> overrides = parsed.matchedOptionValue("--set", Map.of());
    Settings settings = file == null ? Settings.defaults() : Settings.load(file);
    return new Plans(settings.with(overrides, "--set")).remotePlaces();
  }
}
