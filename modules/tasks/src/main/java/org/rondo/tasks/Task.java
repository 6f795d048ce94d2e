package org.rondo.tasks;

import java.util.List;

/**
 * Something to learn, such as {@code classification}. An open set, found by {@link
 * java.util.ServiceLoader}: a task is a class with {@code @AutoService(Task.class)}, in Rondo or in
 * a jar of its own.
 *
 * <p>Its keys, with defaults and a comment on each, stand in a {@code reference.conf} beside the
 * class, in a section of the task's name.
 */
public interface Task {
  /** As {@code task = NAME} in a configuration, and the section of its keys. */
  String name();

  /**
   * What it reads; checked before a job starts.
   *
   * @throws IllegalArgumentException if a key has a value that it cannot have
   */
  List<Column> columns(TaskSettings settings);

  /**
   * Begins to gather what it must know of the training rows.
   *
   * @throws IllegalArgumentException if a key has a value that it cannot have
   */
  Fitting fitting(TaskSettings settings);

  /**
   * Reads what {@link Features#toJson} wrote.
   *
   * @throws IllegalArgumentException naming the field that is missing, unknown or refused
   */
  Features features(String json);
}
