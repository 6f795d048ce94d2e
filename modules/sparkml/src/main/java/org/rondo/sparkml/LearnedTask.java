package org.rondo.sparkml;

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
record LearnedTask(String name, SortedMap<String, String> keys) {
  LearnedTask {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  /**
   * A task with some keys changed.
   *
   * @throws IllegalStateException if it has no such key
   */
  static LearnedTask of(String name, Map<String, ?> changes) {
    SortedMap<String, String> keys = TaskReference.defaults(Task.ALL.named(name));
    changes.forEach(
        (key, value) -> {
          if (keys.put(key, String.valueOf(value)) == null) {
            throw new IllegalStateException("task " + name + " has no key " + key);
          }
        });
    return new LearnedTask(name, keys);
  }

  Task task() {
    return Task.ALL.named(name);
  }

  TaskSettings settings() {
    return new TaskSettings(name, keys);
  }
}
