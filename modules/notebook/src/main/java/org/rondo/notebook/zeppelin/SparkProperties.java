package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.runs.SparkStart;

/** What Rondo needs of Zeppelin's Spark interpreter, beside what is set there already. */
final class SparkProperties {
  private static final String JARS = "spark.jars";

  /** Keys whose values are lists, and what parts them. */
  private static final Map<String, String> LISTS =
      Map.of(
          JARS,
          ",",
          "spark.plugins",
          ",",
          "spark.driver.extraJavaOptions",
          " ",
          "spark.executor.extraJavaOptions",
          " ");

  private SparkProperties() {}

  /**
   * Properties by key.
   *
   * @param jar Rondo's
   * @param more what the user wants set, which stands over Rondo's own
   */
  static Map<String, String> needed(String jar, Map<String, String> more) {
    var needed = new LinkedHashMap<String, String>();
    needed.put(JARS, jar);
    needed.put("spark.plugins", TrainingPlugin.class.getName());
    needed.put("spark.driver.extraJavaOptions", SparkStart.JVM_OPTIONS);
    needed.put("spark.executor.extraJavaOptions", SparkStart.JVM_OPTIONS);
    // One task is one thread; capital letters make it an environment variable of the driver.
    needed.put("OMP_NUM_THREADS", "1");
    needed.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    needed.putAll(more);
    return needed;
  }

  /**
   * Adds them to an interpreter's setting: lists grow by what they lack, and lose other jars of
   * Rondo; all other values are replaced.
   *
   * @return the keys of {@code needed} with the values that they have now
   */
  static Map<String, String> addTo(ObjectNode setting, Map<String, String> needed) {
    ObjectNode properties = setting.withObject("/properties");
    var now = new LinkedHashMap<String, String>();
    needed.forEach(
        (key, value) -> {
          String present = properties.path(key).path("value").asText("");
          String separator = LISTS.get(key);
          now.put(key, separator == null ? value : grown(key, present, value, separator));
        });
    now.forEach(
        (key, value) ->
            properties.putObject(key).put("name", key).put("value", value).put("type", "string"));
    return now;
  }

  private static String grown(String key, String present, String needed, String separator) {
    if (present.contains(needed)) {
      return present;
    }
    List<String> kept =
        List.of(present.split(separator)).stream()
            .filter(part -> !part.isBlank())
            .filter(part -> !key.equals(JARS) || !part.matches("(.*/)?rondo-[0-9][^/]*\\.jar"))
            .toList();
    return kept.isEmpty() ? needed : String.join(separator, kept) + separator + needed;
  }

  /** Writes values into a note's {@code %spark.conf} paragraphs, in the lines of their keys. */
  static void writeTo(ObjectNode note, Map<String, String> values) {
    for (JsonNode paragraph : note.path("paragraphs")) {
      String text = paragraph.path("text").asText();
      if (text.startsWith("%spark.conf")) {
        for (Map.Entry<String, String> value : values.entrySet()) {
          text =
              text.replaceAll(
                  "(?m)^%s .*$".formatted(Pattern.quote(value.getKey())),
                  Matcher.quoteReplacement(value.getKey() + " " + value.getValue()));
        }
        ((ObjectNode) paragraph).put("text", text);
      }
    }
  }
}
