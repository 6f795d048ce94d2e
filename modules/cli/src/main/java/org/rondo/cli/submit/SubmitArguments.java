package org.rondo.cli.submit;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.rondo.ingest.StorageReason;
import org.rondo.runs.SettingsException;

/**
 * What was given to {@code scripts/rondo-submit}.
 *
 * @param settings of Spark, by their keys, those of options that have one among them
 * @param file settings in the file of {@code --properties-file}, or where none is given in Spark's
 *     {@code spark-defaults.conf}; they may hold secrets
 * @param others the other options of spark-submit, as they were given
 * @param command of Rondo, with its arguments
 */
record SubmitArguments(
    Map<String, String> settings,
    Map<String, String> file,
    List<String> others,
    List<String> command) {
  /** The options of spark-submit that are another name of a setting, on every master. */
  static final Map<String, String> KEYS =
      Map.ofEntries(
          entry("--master", "spark.master"),
          entry("--deploy-mode", "spark.submit.deployMode"),
          entry("--name", "spark.app.name"),
          entry("--files", "spark.files"),
          entry("--jars", "spark.jars"),
          entry("--driver-memory", "spark.driver.memory"),
          entry("--driver-cores", "spark.driver.cores"),
          entry("--driver-java-options", "spark.driver.extraJavaOptions"),
          entry("--executor-memory", "spark.executor.memory"),
          entry("--executor-cores", "spark.executor.cores"),
          entry("--total-executor-cores", "spark.cores.max"));

  static final String PROPERTIES = "--properties-file";
  private static final Set<String> CONF = Set.of("--conf", "-c");
  private static final String NUMBER = "--num-executors";
  private static final String INSTANCES = "spark.executor.instances";
  private static final Set<String> SWITCHES = Set.of("--supervise", "--verbose", "-v");

  /** Options with a value that are passed on as they are. */
  private static final Set<String> OTHERS =
      Set.of(
          PROPERTIES,
          "--archives",
          "--driver-class-path",
          "--driver-library-path",
          "--exclude-packages",
          "--keytab",
          "--packages",
          "--principal",
          "--proxy-user",
          "--py-files",
          "--queue",
          "--repositories");

  /**
   * Takes them apart: the first word that is neither an option nor the value of one begins the
   * command.
   *
   * @param environment where {@code SPARK_CONF_DIR} and {@code SPARK_HOME} may stand
   * @throws SettingsException if spark-submit has no such option, one has no value, or there is no
   *     command
   */
  static SubmitArguments parse(List<String> words, Map<String, String> environment) {
    var parsed =
        new SubmitArguments(
            new LinkedHashMap<>(), new TreeMap<>(), new ArrayList<>(), new ArrayList<>(words));
    List<String> rest = parsed.command;
    while (!rest.isEmpty() && rest.get(0).startsWith("-")) {
      String option = rest.remove(0);
      int equals = option.indexOf('=');
      requireKnown(equals > 0 ? option.substring(0, equals) : option);
      if (SWITCHES.contains(option)) {
        parsed.others.add(option);
      } else if (equals > 0) {
        parsed.add(option.substring(0, equals), option.substring(equals + 1));
      } else if (rest.isEmpty()) {
        throw new SettingsException(
            String.format(Locale.ROOT, "%s of spark-submit has no value", option));
      } else {
        parsed.add(option, rest.remove(0));
      }
    }
    if (rest.isEmpty()) {
      throw new SettingsException(
          "after the options of spark-submit comes a command of Rondo's, such as train my.conf");
    }
    if (!parsed.others.contains(PROPERTIES)) {
      // What spark-submit reads where no other file is given.
      configuration(environment, "spark-defaults.conf")
          .filter(Files::exists)
          .ifPresent(parsed::load);
    }
    return parsed;
  }

  private static void requireKnown(String option) {
    if (option.equals("--class")) {
      throw new SettingsException(
          "--class: rondo-submit runs Rondo's own commands; a program of yours goes by spark-submit itself, as docs/deployment.md shows");
    }
    if (!SWITCHES.contains(option)
        && !CONF.contains(option)
        && !option.equals(NUMBER)
        && !KEYS.containsKey(option)
        && !OTHERS.contains(option)) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "%s is no option of spark-submit for an application; those of Rondo's stand behind its command",
              option));
    }
  }

  private void add(String option, String value) {
    if (CONF.contains(option)) {
      int equals = value.indexOf('=');
      if (equals < 1) {
        throw new SettingsException(
            String.format(Locale.ROOT, "%s %s: expected KEY=VALUE", option, value));
      }
      settings.put(value.substring(0, equals), value.substring(equals + 1));
    } else if (KEYS.containsKey(option)) {
      settings.put(KEYS.get(option), value);
    } else if (option.equals(NUMBER)) {
      settings.put(INSTANCES, value);
    } else {
      others.addAll(List.of(option, value));
    }
    if (option.equals(PROPERTIES)) {
      load(Path.of(value));
    }
  }

  /** Where a file of Spark's own configuration would lie; empty if no folder is known. */
  static Optional<Path> configuration(Map<String, String> environment, String file) {
    return Optional.ofNullable(environment.get("SPARK_CONF_DIR"))
        .map(Path::of)
        .or(
            () ->
                Optional.ofNullable(environment.get("SPARK_HOME"))
                    .map(home -> Path.of(home, "conf")))
        .map(folder -> folder.resolve(file));
  }

  private void load(Path given) {
    Properties properties = read(given);
    properties
        .stringPropertyNames()
        .forEach(key -> file.put(key, properties.getProperty(key).strip()));
  }

  private static Properties read(Path file) {
    if (!Files.exists(file)) {
      throw new SettingsException(
          String.format(Locale.ROOT, "%s %s does not exist", PROPERTIES, file));
    }
    var properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT, "settings of Spark in %s cannot be read: %s", file, StorageReason.of(e)),
          e);
    }
    return properties;
  }
}
