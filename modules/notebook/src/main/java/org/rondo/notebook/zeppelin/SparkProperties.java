package org.rondo.notebook.zeppelin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rondo.driver.ui.TrainingPlugin;
import org.rondo.runs.spark.SparkStart;

/** What Rondo needs of Zeppelin's Spark interpreter, beside what is set there already. */
final class SparkProperties {
  private static final String JARS = "spark.jars";
  private static final String DRIVER_OPTIONS = "JDK_JAVA_OPTIONS";
  private static final String ANY_RONDO = "(.*/)?rondo-[0-9][^/]*\\.jar";

  /** Keys whose values are lists, and what parts them. */
  private static final Map<String, String> LISTS =
      Map.of(
          JARS,
          ",",
          "spark.plugins",
          ",",
          DRIVER_OPTIONS,
          " ",
          "spark.driver.extraJavaOptions",
          " ",
          "spark.executor.extraJavaOptions",
          " ");

  private SparkProperties() {}

  /**
   * Adds Rondo's own and the user's to an interpreter's setting: lists grow by what they lack, and
   * lose other jars of Rondo; all other values are replaced.
   *
   * @param jar Rondo's
   * @param more what the user wants set, which stands over Rondo's own
   * @return the keys of both with the values that they have now
   */
  static Map<String, String> addTo(ObjectNode setting, String jar, Map<String, String> more) {
    ObjectNode properties = setting.withObject("/properties");
    var now = new LinkedHashMap<String, String>();
    for (Map<String, String> needed : List.of(own(jar), more)) {
      needed.forEach(
          (key, value) -> {
            String present = properties.path(key).path("value").asText("");
            now.put(key, grown(key, now.getOrDefault(key, present), value, jar));
          });
    }
    now.forEach(
        (key, value) ->
            properties.putObject(key).put("name", key).put("value", value).put("type", "string"));
    return now;
  }

  private static Map<String, String> own(String jar) {
    var own = new LinkedHashMap<String, String>();
    own.put(JARS, jar);
    own.put("spark.plugins", TrainingPlugin.class.getName());
    // Zeppelin takes spark.driver.extraJavaOptions out of what it starts Spark with, and a note
    // that
    // sets it again is refused; the environment reaches the driver's Java as well.
    own.put(DRIVER_OPTIONS, SparkStart.JVM_OPTIONS);
    own.put("spark.executor.extraJavaOptions", SparkStart.JVM_OPTIONS);
    // One task is one thread.
    own.put("OMP_NUM_THREADS", "1");
    own.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    return own;
  }

  private static String grown(String key, String present, String needed, String jar) {
    String separator = LISTS.get(key);
    if (separator == null) {
      return needed;
    }
    String kept =
        Stream.of(present.split(separator))
            .filter(part -> !part.isBlank())
            .filter(part -> !key.equals(JARS) || part.equals(jar) || !part.matches(ANY_RONDO))
            .collect(Collectors.joining(separator));
    boolean isThere = (separator + kept + separator).contains(separator + needed + separator);
    return isThere ? kept : kept.isEmpty() ? needed : kept + separator + needed;
  }

  /** A text with values in the lines of their keys, if it is a {@code %spark.conf} paragraph's. */
  static String written(String text, Map<String, String> values) {
    if (!text.startsWith("%spark.conf")) {
      return text;
    }
    String written = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      written =
          written.replaceAll(
              String.format(Locale.ROOT, "(?m)^%s .*$", Pattern.quote(value.getKey())),
              Matcher.quoteReplacement(value.getKey() + " " + value.getValue()));
    }
    return written;
  }
}
