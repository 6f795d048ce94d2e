package org.rondo.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.rondo.cli.Main;
import org.rondo.runs.SettingsException;

/** A configuration, a jar, and the line that scripts/rondo-submit makes of them. */
abstract class SubmissionCase {
  static final String MAIN = "org.rondo.cli.Main";

  @TempDir Path folder;
  final List<String> notes = new ArrayList<>();
  String conf;
  String rondo;

  @BeforeEach
  void writeFiles() throws IOException {
    rondo = Files.createFile(folder.resolve("rondo.jar")).toString();
    Files.writeString(
        folder.resolve("base.conf"),
        """
        data.maximum_vocabulary = 5000
        network.units = 256
        shards = 4
        spark.executor.cores = 4
        spark.authenticate.secret = hush
        """);
    conf =
        Files.writeString(
                folder.resolve("my.conf"),
                """
                include "base.conf"
                data.path = text.txt
                output = "/shared/run"
                """)
            .toString();
  }

  List<String> line(String... words) throws IOException {
    return line(rondo, Map.of(), words);
  }

  List<String> line(String jar, Map<String, String> environment, String... words)
      throws IOException {
    SubmitArguments given = SubmitArguments.parse(List.of(words), environment);
    return new Submission(jar, given, Main.parser(), notes::add)
        .arguments(folder.resolve("secrets"));
  }

  /** The value of a setting in a line, by its option or by --conf. */
  static String setting(List<String> line, String key) {
    return line.stream()
        .filter(word -> word.startsWith(key + "="))
        .map(word -> word.substring(key.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is not in " + line));
  }

  static String option(List<String> line, String option) {
    return line.get(line.indexOf(option) + 1);
  }

  static long megabytes(String setting) {
    assertThat(setting).endsWith("m");
    return Long.parseLong(setting.substring(0, setting.length() - 1));
  }

  static String[] prepended(String option, String value, String... words) {
    return Stream.concat(Stream.of(option, value), Stream.of(words)).toArray(String[]::new);
  }

  static String[] standalone(String mode, String... words) {
    return prepended("--master", "spark://host:7077", prepended("--deploy-mode", mode, words));
  }

  void assertRefused(String message, String... words) {
    assertThatThrownBy(() -> line(words))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }
}
