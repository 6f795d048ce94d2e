package org.rondo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.rondo.runs.Redaction;

/** What a user may type after a run, in words that a shell takes. */
final class NextCommand {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private static final Redaction SECRETS = Redaction.of(Map.of());

  private NextCommand() {}

  /** The command that was typed, to go on. */
  static String resume(List<String> typed) {
    var words = new ArrayList<String>(typed);
    if (!words.contains("--resume")) {
      words.add("--resume");
    }
    return line(words);
  }

  /** Lets the network of a run write. */
  static String generate(RunOptions options) {
    return line(configured("generate", options));
  }

  /** Has the network of a run predict rows, which the user names in place of {@code ROWS}. */
  static String predict(RunOptions options) {
    List<String> words = configured("predict", options);
    words.addAll(List.of("--input", "ROWS"));
    return line(words);
  }

  /** Measures the network of a run on its test split. */
  static String evaluate(String configuration) {
    return line(List.of("evaluate", configuration, "--split", "test"));
  }

  private static List<String> configured(String command, RunOptions options) {
    var words = new ArrayList<String>(List.of(command, options.file().toString()));
    options.overrides().forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return words;
  }

  private static String line(List<String> words) {
    var line = new StringBuilder(program());
    for (String word : words) {
      line.append(' ').append(quoted(shown(word)));
    }
    return line.toString();
  }

  /** How the command was called; scripts/rondo tells. */
  private static String program() {
    boolean submitted = System.getProperty("SPARK_SUBMIT") != null;
    String told = System.getenv("RONDO_COMMAND");
    return submitted ? "scripts/rondo-submit ..." : told == null ? "rondo" : quoted(told);
  }

  /** What only Spark is to know stays out of logs. */
  private static String shown(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && SECRETS.hides(word.substring(0, equals), word.substring(equals + 1))
        ? word.substring(0, equals) + "=..."
        : word;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
