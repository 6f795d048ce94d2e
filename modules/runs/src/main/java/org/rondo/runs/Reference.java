package org.rondo.runs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;

/**
 * Every key that there is, with its default: those of Rondo's own {@code reference.conf}, and of
 * the one beside each {@link Task}, a section of the task's name.
 */
final class Reference {
  private static final ConfigParseOptions REQUIRED =
      ConfigParseOptions.defaults().setAllowMissing(false);

  private static final SortedMap<String, ConfigValue> OWN =
      leaves(ConfigFactory.parseResources(Reference.class, "reference.conf", REQUIRED).root());

  private Reference() {}

  /** Read anew, since a jar with a task may have come meanwhile. */
  static SortedMap<String, ConfigValue> keys() {
    var keys = new TreeMap<>(OWN);
    for (Task task : Task.ALL.search().values()) {
      keys.putAll(leaves(section(task).root()));
    }
    return Collections.unmodifiableSortedMap(keys);
  }

  private static Config section(Task task) {
    try {
      return TaskReference.of(task);
    } catch (ConfigException e) {
      throw new SettingsException(
          String.format(
              Locale.ROOT,
              "task %s: its keys cannot be read from the reference.conf beside %s: %s",
              task.name(),
              task.getClass().getName(),
              e.getMessage()),
          e);
    }
  }

  /** Every value that is no section, by its whole key; null values included. */
  static SortedMap<String, ConfigValue> leaves(ConfigObject root) {
    var found = new TreeMap<String, ConfigValue>();
    collect("", root, found);
    return found;
  }

  private static void collect(String prefix, ConfigObject section, Map<String, ConfigValue> found) {
    section.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof ConfigObject inner) {
            collect(key + ".", inner, found);
          } else {
            found.put(key, value);
          }
        });
  }

  /** What is said of each key. */
  static SortedMap<String, String> comments() {
    var found = new TreeMap<String, String>();
    keys().forEach((key, value) -> found.put(key, comment(value.origin().comments())));
    return found;
  }

  private static String comment(List<String> lines) {
    return String.join(" ", lines);
  }
}
