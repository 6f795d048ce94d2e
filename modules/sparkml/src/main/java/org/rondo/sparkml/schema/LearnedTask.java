package org.rondo.sparkml.schema;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;
import org.rondo.tasks.TaskSettings;

/**
 * A task with its keys.
 *
 * @param name of the {@link Task}
 * @param keys all of them with their values
 */
public record LearnedTask(String name, SortedMap<String, String> keys) {
  public LearnedTask {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  /**
   * A task with some keys changed.
   *
   * @throws IllegalStateException if it has no such key
   */
  public static LearnedTask of(String name, Map<String, ?> changes) {
    return new LearnedTask(name, TaskReference.defaults(Task.ALL.named(name))).with(changes);
  }

  /**
   * The same with some keys changed.
   *
   * @throws IllegalStateException if it has no such key
   */
  public LearnedTask with(Map<String, ?> changes) {
    var changed = new TreeMap<>(keys);
    changes.forEach(
        (key, value) -> {
          if (changed.put(key, String.valueOf(value)) == null) {
            throw new IllegalStateException("task " + name + " has no key " + key);
          }
        });
    return new LearnedTask(name, changed);
  }

  public Task task() {
    return Task.ALL.named(name);
  }

  public TaskSettings settings() {
    return new TaskSettings(name, keys);
  }
}
