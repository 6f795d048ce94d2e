package org.rondo.runs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.rondo.ingest.StorageReason;

/** The keys that name places: of texts, prepared data, a trained network, the run's output. */
final class Places {
  private static final List<String> PATHS =
      List.of(
          "output",
          "data.path",
          "data.train",
          "data.validation",
          "data.test",
          "data.tokenizer_file",
          "data.prepared",
          "network.initial");

  private static final Set<String> TEXTS =
      Set.of("data.path", "data.train", "data.validation", "data.test");

  private final Settings settings;

  Places(Settings settings) {
    this.settings = settings;
  }

  /**
   * Checks all of them.
   *
   * @throws SettingsException if a key holds what is no path
   */
  void check() {
    PATHS.forEach(this::path);
  }

  /** Folder of the run. */
  String output() {
    return path("output").orElseGet(() -> settings.text("output"));
  }

  /**
   * Folder of what is prepared.
   *
   * @param name of it within the output, where none is given
   * @throws SettingsException if it has a blank name
   */
  String prepared(String name) {
    return path("data.prepared").orElseGet(() -> output() + "/" + name);
  }

  /** The path that a key holds, which Hadoop can read as one. */
  Optional<String> path(String key) {
    Optional<String> path = settings.optional(key);
    try {
      if (!TEXTS.contains(key)) { // a text may have any name, and is looked for by it
        path.ifPresent(Path::new);
      }
    } catch (IllegalArgumentException e) {
      throw settings.refusal(key, "is no path: " + StorageReason.of(e));
    }
    if (path.stream().flatMapToInt(String::chars).anyMatch(Character::isISOControl)) {
      throw settings.refusal(key, "is no path: it holds a control character");
    }
    return path;
  }

  /** The keys that name a place on another file system, with it. */
  List<String> remotePlaces() {
    return PATHS.stream()
        .flatMap(key -> settings.optional(key).stream().map(path -> key + " = " + path))
        .filter(place -> place.contains("://"))
        .map(Redaction::withoutPassword)
        .toList();
  }
}
