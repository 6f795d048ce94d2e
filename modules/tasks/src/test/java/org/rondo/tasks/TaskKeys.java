package org.rondo.tasks;

import java.util.SortedMap;

/** The keys of a task as its {@code reference.conf} has them, some of them changed. */
public final class TaskKeys {
  private TaskKeys() {}

  /** Every key with its default. */
  public static SortedMap<String, String> defaults(Task task) {
    return TaskReference.defaults(task);
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
