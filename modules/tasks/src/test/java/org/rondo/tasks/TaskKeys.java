package org.rondo.tasks;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of a task as its {@code reference.conf} has them, some of them changed. */
public final class TaskKeys {
  private TaskKeys() {}

  /** Every key with its default. */
  public static SortedMap<String, String> defaults(Task task) {
    var values = new TreeMap<String, String>();
    ConfigFactory.parseResources(
            task.getClass(), "reference.conf", ConfigParseOptions.defaults().setAllowMissing(false))
        .getConfig(task.name())
        .entrySet()
        .forEach(each -> values.put(each.getKey(), each.getValue().unwrapped().toString()));
    return values;
  }

  /**
   * Its settings.
   *
   * @param changes keys and values in turn
   */
  public static TaskSettings of(Task task, String... changes) {
    SortedMap<String, String> values = defaults(task);
    for (int i = 0; i < changes.length; i += 2) {
      if (values.put(changes[i], changes[i + 1]) == null) {
        throw new IllegalArgumentException("no key " + changes[i]);
      }
    }
    return new TaskSettings(task.name(), values);
  }
}
