package org.rondo.runs;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.rondo.kernels.ValueException;
import org.rondo.models.Nearest;

/**
 * The values of all configuration keys: the defaults of the {@link Reference}, over them a file in
 * HOCON, over it {@code --set} options. The reference is also the schema: a key that it does not
 * have is unknown, and a default's type is the key's type. Some sections are free, such as {@code
 * spark}: who reads them knows their keys.
 */
public final class Settings {
  private static final String SPARK = "spark.";
  private static final String CELL_OPTIONS = "network.cell_options.";

  private static final String SEARCHED = "search.keys.";

  /** Keys that their readers know: Spark, the cell, the data's format and columns, a search. */
  private static final List<String> FREE =
      List.of(SPARK, CELL_OPTIONS, "data.options.", "data.columns.", SEARCHED);

  private final SortedMap<String, ConfigValue> defaults;
  private final SortedMap<String, ConfigValue> values;
  private final SortedSet<String> files;

  private Settings(
      SortedMap<String, ConfigValue> defaults,
      SortedMap<String, ConfigValue> values,
      SortedSet<String> files) {
    this.defaults = defaults;
    this.values = values;
    this.files = files;
  }

  /** The defaults alone. */
  public static Settings defaults() {
    SortedMap<String, ConfigValue> keys = Reference.keys();
    return new Settings(keys, keys, Collections.emptySortedSet());
  }

  /**
   * The defaults, under those of a file.
   *
   * @throws SettingsException naming file, line, key and value of what is wrong, or a file that is
   *     included and missing
   */
  public static Settings load(File file) {
    ConfigurationFile.require(file);
    SortedMap<String, ConfigValue> defaults = Reference.keys();
    var values = new TreeMap<>(defaults);
    var includes = new RequiredIncludes(file);
    var options = ConfigParseOptions.defaults().setIncluder(includes);
    try {
      // A name without a folder would leave its includes none to count from.
      Reference.leaves(ConfigFactory.parseFile(file.getAbsoluteFile(), options).resolve().root())
          .forEach((key, value) -> put(defaults, values, key, value));
    } catch (ConfigException e) {
      throw new SettingsException("configuration: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new SettingsException(
          String.format(Locale.ROOT, "configuration file %s is nested too deeply", file), e);
    }
    return new Settings(defaults, values, includes.files());
  }

  /**
   * These, under others.
   *
   * @param others values as text, by key; {@code null} written out takes a key back to its default
   * @param place where they were given, for errors: {@code --set}
   * @throws SettingsException naming place, key and value of what is wrong
   */
  public Settings with(Map<String, String> others, String place) {
    var all = new TreeMap<>(values);
    others.forEach(
        (key, text) -> put(defaults, all, key, value(text.equals("null") ? null : text, place)));
    return new Settings(defaults, all, files);
  }

  /**
   * These, with one value as it stands, even where it reads {@code null}.
   *
   * @throws SettingsException as {@link #with}
   */
  public Settings withText(String key, String text, String place) {
    var all = new TreeMap<>(values);
    put(defaults, all, key, value(text, place));
    return new Settings(defaults, all, files);
  }

  /** These, with every key that begins so as it is by default. */
  public Settings without(String prefix) {
    var all = new TreeMap<>(values);
    all.keySet().removeIf(key -> key.startsWith(prefix) && !defaults.containsKey(key));
    all.replaceAll((key, value) -> key.startsWith(prefix) ? defaults.get(key) : value);
    return new Settings(defaults, all, files);
  }

  private static ConfigValue value(String text, String place) {
    return ConfigValueFactory.fromAnyRef(text, place);
  }

  private static void put(
      Map<String, ConfigValue> defaults,
      Map<String, ConfigValue> values,
      String key,
      ConfigValue value) {
    ConfigValue standard = defaults.get(key);
    boolean free = FREE.stream().anyMatch(key::startsWith);
    if (standard == null && !free) {
      throw new SettingsException(
          String.format(
              Locale.ROOT, "%s: %s", place(value.origin()), notKnown(defaults, key, value)));
    }
    if (value.valueType() == ConfigValueType.NULL) {
      values.remove(key);
      if (standard != null) {
        values.put(key, standard);
      }
      return;
    }
    ConfigValue given = key.startsWith(SEARCHED) ? KeyType.listAsText(value) : value;
    KeyType type = standard == null ? KeyType.TEXT : KeyType.of(standard);
    type.check(key, given, place(value.origin()));
    values.put(key, given);
  }

  private static String notKnown(Map<String, ConfigValue> defaults, String key, ConfigValue value) {
    if (defaults.keySet().stream().anyMatch(known -> known.startsWith(key + "."))) {
      return String.format(
          Locale.ROOT,
          "%s = %s, but %s is a section: its keys are %s.*",
          key,
          value.unwrapped(),
          key,
          key);
    }
    return String.format(
        Locale.ROOT,
        "unknown key %s%s",
        key,
        Nearest.to(key, defaults.keySet()).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  private static String place(ConfigOrigin origin) {
    if (origin.filename() == null) {
      return origin.description();
    }
    return origin.lineNumber() < 1
        ? origin.filename()
        : origin.filename() + ", line " + origin.lineNumber();
  }

  /** The value of a key; an error of the user if there is none. */
  public String text(String key) {
    return optional(key)
        .orElseThrow(
            () ->
                new SettingsException(
                    key
                        + " is required; give it in the configuration or by --set "
                        + key
                        + "=..."));
  }

  /** The value of a key as it was written, empty if it is null. */
  public Optional<String> optional(String key) {
    ConfigValue value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("no such key in reference.conf: " + key);
    }
    return value.unwrapped() == null ? Optional.empty() : Optional.of(KeyType.text(value));
  }

  /** Whether a file or an option gave the value, be it the default's. */
  public boolean isGiven(String key) {
    ConfigValue standard = defaults.get(key);
    return standard == null || !values.get(key).origin().equals(standard.origin());
  }

  /** Whether there is such a key, and it holds a whole number. */
  public boolean isWhole(String key) {
    ConfigValue standard = defaults.get(key);
    return standard != null && KeyType.of(standard) == KeyType.INTEGER;
  }

  public long wholeLong(String key) {
    return Long.parseLong(text(key));
  }

  public int whole(String key) {
    long value = wholeLong(key);
    if (value != (int) value) {
      throw refusal(key, "must be a whole number from -2147483648 to 2147483647");
    }
    return (int) value;
  }

  double number(String key) {
    return Double.parseDouble(text(key));
  }

  /** That the value of a key cannot be used, with the place where it was given. */
  public SettingsException refusal(String key, String rule) {
    ConfigOrigin origin = values.get(key).origin();
    boolean given = !defaults.containsKey(key) || isGiven(key);
    String place = given ? place(origin) + ": " : "";
    return new SettingsException(
        String.format(Locale.ROOT, "%s%s = %s: %s", place, key, optional(key).orElse(null), rule));
  }

  /**
   * What a plan refuses, in the words of the configuration: its value as it was written, and where.
   *
   * @param prefix of the key, before the name that the plan knows
   */
  SettingsException refusal(ValueException e, String prefix) {
    String key = prefix + e.name();
    return values.containsKey(key)
        ? refusal(key, e.rule())
        : new SettingsException("configuration: " + e.getMessage(), e);
  }

  /** A plan that refuses its values is an error of the configuration. */
  public <T> T checked(Supplier<T> plan) {
    try {
      return plan.get();
    } catch (SettingsException e) {
      throw e;
    } catch (ValueException e) {
      throw refusal(e, "");
    } catch (IllegalArgumentException e) {
      throw new SettingsException("configuration: " + e.getMessage(), e);
    }
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  /** The files that were read: the one that was loaded, and those that it includes. */
  public SortedSet<String> files() {
    return files;
  }

  /** What is meant for Spark. */
  public Map<String, String> spark() {
    return under(SPARK);
  }

  /** What is meant for the cell, by the names of its options. */
  Map<String, String> cellOptions() {
    return section(CELL_OPTIONS);
  }

  /**
   * What is given below a prefix, by the names behind it.
   *
   * @param prefix with its dot
   */
  public SortedMap<String, String> section(String prefix) {
    var found = new TreeMap<String, String>();
    under(prefix).forEach((key, value) -> found.put(key.substring(prefix.length()), value));
    return found;
  }

  /** The keys that begin so, but for those without a value. */
  public SortedMap<String, String> under(String prefix) {
    SortedMap<String, String> found = all();
    found.keySet().removeIf(key -> !key.startsWith(prefix));
    found.values().removeIf(Objects::isNull);
    return found;
  }

  /** The keys that begin so with their values, for an error where it lies between them. */
  String shown(String prefix) {
    return under(prefix).entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** All values in the order of their keys, as they were written; null where none is given. */
  SortedMap<String, String> all() {
    var found = new TreeMap<String, String>();
    values.keySet().forEach(key -> found.put(key, optional(key).orElse(null)));
    return found;
  }
}
