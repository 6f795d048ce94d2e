package org.rondo.bench.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A finished run of {@code rondo train}: the line of JSON that it printed, in a file whose name
 * says what was trained.
 *
 * @param model no minus sign in it
 * @param perplexity the best of the validation text; infinite if training came to no number
 * @param tokens trained by all shards together
 */
record Run(
    String model,
    String synchronizer,
    int shards,
    double learningRate,
    int seed,
    double perplexity,
    long tokens) {
  private static final Pattern NAME =
      Pattern.compile("([^-]+)-([a-z][a-z-]*)-(\\d+)-([0-9.]+(?:[eE]-?\\d+)?)-(\\d+)\\.json");

  /**
   * Reads every {@code MODEL-SYNCHRONIZER-SHARDS-RATE-SEED.json} of a folder, in the order of
   * names.
   *
   * @throws IllegalArgumentException if there is none, or a file has another name or is no JSON
   */
  static List<Run> readAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Run> runs =
          files.filter(file -> file.toString().endsWith(".json")).sorted().map(Run::read).toList();
      if (runs.isEmpty()) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "workers: %s holds no *.json", folder));
      }
      return runs;
    }
  }

  private static Run read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "workers: %s: %s", file, e.getMessage()), e);
    }
  }

  static Run parse(String name, String json) throws IOException {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException("the name is not MODEL-SYNCHRONIZER-SHARDS-RATE-SEED");
    }
    JsonNode figures = new ObjectMapper().readTree(json);
    if (!figures.isObject()) {
      throw new IllegalArgumentException("holds no object");
    }
    return new Run(
        parts.group(1),
        parts.group(2),
        Integer.parseInt(parts.group(3)),
        Double.parseDouble(parts.group(4)),
        Integer.parseInt(parts.group(5)),
        figures.path("perplexity").asDouble(Double.POSITIVE_INFINITY),
        figures.path("tokens").asLong());
  }
}
