package org.rondo.cli.submit;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.rondo.runs.Redaction;
import org.rondo.runs.spark.SparkStart;

/**
 * Settings of Spark's that are kept off the line of spark-submit, which everyone on the machine can
 * read: they travel in a file of the user's own.
 */
final class SubmittedSecrets {
  private static final String SET = "--set";

  private final Redaction redaction;
  private final Map<String, String> hidden = new TreeMap<>();

  SubmittedSecrets(Redaction redaction) {
    this.redaction = redaction;
  }

  /**
   * Keeps a setting, if it is a secret.
   *
   * @return whether it is one
   */
  boolean keep(String key, String value) {
    boolean secret = redaction.hides(key, value);
    if (secret) {
      hidden.put(key, value);
    }
    return secret;
  }

  /**
   * Keeps a setting that stands above the driver's configuration, if it is a secret.
   *
   * @return whether it is one
   */
  boolean keepAbove(String key, String value) {
    boolean secret = redaction.hides(key, value);
    if (secret) {
      hidden.put(SparkStart.ABOVE + key, value);
    }
    return secret;
  }

  /** A command's words without the {@code --set} of secrets, which are kept. */
  List<String> without(List<String> words) {
    var others = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean apart = word.equals(SET) && i + 1 < words.size();
      Optional<String> setting =
          apart
              ? Optional.of(words.get(i + 1))
              : Optional.of(word).filter(w -> w.startsWith(SET + "=")).map(w -> w.substring(6));
      if (setting.isPresent() && keepAbove(key(setting.get()), value(setting.get()))) {
        i += apart ? 1 : 0;
      } else {
        others.add(word);
      }
    }
    return others;
  }

  private static String key(String setting) {
    return setting.substring(0, Math.max(setting.indexOf('='), 0));
  }

  private static String value(String setting) {
    return setting.substring(setting.indexOf('=') + 1);
  }

  boolean isEmpty() {
    return hidden.isEmpty();
  }

  /** The options that would give them, with nothing of them. */
  List<String> shown() {
    return hidden.keySet().stream()
        .map(key -> key.replace(SparkStart.ABOVE, ""))
        .distinct()
        .flatMap(key -> List.of("--conf", key + "=" + Redaction.REDACTED).stream())
        .toList();
  }

  /**
   * Writes a properties file of Spark's.
   *
   * @param file that only its user can read; what it held is replaced
   * @param others settings below them, of the file that spark-submit would have read
   */
  void write(Path file, Map<String, String> others) throws IOException {
    var properties = new Properties();
    properties.putAll(others);
    properties.putAll(hidden);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }
}
