package org.rondo.tasks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of a task, as the {@code reference.conf} beside its class has them. */
public final class TaskReference {
  private static final ConfigParseOptions REQUIRED =
      ConfigParseOptions.defaults().setAllowMissing(false);

  private TaskReference() {}

  /**
   * All keys with their defaults and comments, and no others.
   *
   * @return the section of the task's name
   * @throws com.typesafe.config.ConfigException if it cannot be read
   */
  public static Config of(Task task) {
    return ConfigFactory.parseResources(task.getClass(), "reference.conf", REQUIRED)
        .withOnlyPath(task.name());
  }

  /** The defaults as text, by the names of the keys within the section; modifiable. */
  public static SortedMap<String, String> defaults(Task task) {
    var values = new TreeMap<String, String>();
    of(task)
        .getConfig(task.name())
        .entrySet()
        .forEach(each -> values.put(each.getKey(), each.getValue().unwrapped().toString()));
    return values;
  }
}
