package org.rondo.runs.search;

import com.typesafe.config.ConfigUtil;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rondo.runs.Redaction;
import org.rondo.runs.Settings;

/** Settings as a configuration file that stands by itself: every key that was given. */
final class ConfigurationText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern NUMBER_OR_FLAG =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?|true|false");

  private ConfigurationText() {}

  /**
   * A line for each key; a secret is left out, and the line says so.
   *
   * @param comment its first line
   */
  static String of(Settings settings, String comment) {
    Redaction secrets = Redaction.of(settings);
    var text = new StringBuilder("# " + comment + "\n");
    for (Map.Entry<String, String> each : settings.under("").entrySet()) {
      String key = each.getKey();
      if (settings.isGiven(key)) {
        text.append(
            secrets.hides(key, each.getValue())
                ? "# " + key + " is a secret: give it by --set\n"
                : path(key) + " = " + value(each.getValue()) + "\n");
      }
    }
    return text.toString();
  }

  private static String path(String key) {
    return Arrays.stream(key.split("\\.", -1))
        .map(name -> PLAIN.matcher(name).matches() ? name : ConfigUtil.quoteString(name))
        .collect(Collectors.joining("."));
  }

  private static String value(String text) {
    return NUMBER_OR_FLAG.matcher(text).matches() ? text : ConfigUtil.quoteString(text);
  }
}
