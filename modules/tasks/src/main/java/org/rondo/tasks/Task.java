package org.rondo.tasks;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rondo.ingest.text.Vocabulary;
import org.rondo.kernels.OpenSet;
import org.rondo.kernels.ValueException;
import org.rondo.models.layers.RecurrentStack;

/**
 * Something to learn, such as {@code classification}. An {@link OpenSet}: a task is a class with
 * {@code @AutoService(Task.class)}, in Rondo or in a jar of its own.
 *
 * <p>Its keys, with defaults and a comment on each, stand in a {@code reference.conf} beside the
 * class, in a section of the task's name.
 */
public interface Task {
  /** Every task that is found. */
  OpenSet<Task> ALL = new OpenSet<>(Task.class, "task", "task", Task::name);

  /** As {@code task = NAME} in a configuration, and the section of its keys. */
  String name();

  /**
   * What it reads; checked before a job starts.
   *
   * @throws IllegalArgumentException if a key has a value that it cannot have
   */
  List<Column> columns(TaskSettings settings);

  /**
   * Checks the keys that must suit the recurrent layers, before a job starts.
   *
   * @throws IllegalArgumentException naming the key that does not
   */
  default void check(RecurrentStack stack, TaskSettings settings) {}

  /**
   * Names of what it measures, as far as its keys tell: {@link Features#metrics} has no others, but
   * may lack some that these rows do not allow. Checked before a job starts.
   *
   * @return empty where only the rows tell
   */
  default List<String> metrics(TaskSettings settings) {
    return List.of();
  }

  /**
   * How steps of series become the rows that it learns, whose columns are then those of {@link
   * WindowPlan#COLUMNS}; empty where rows of the data are learned as they are.
   *
   * @throws IllegalArgumentException if a key has a value that it cannot have
   */
  default Optional<WindowPlan> windows(TaskSettings settings) {
    return Optional.empty();
  }

  /** The columns of the rows that it learns. */
  default List<Column> learned(TaskSettings settings) {
    return windows(settings).isPresent() ? WindowPlan.COLUMNS : columns(settings);
  }

  /**
   * Keys that say how a trained network is asked for predictions, and decide nothing of what is
   * prepared and learned: see {@link Features#predicting}.
   */
  default Set<String> keysOfPrediction() {
    return Set.of();
  }

  /**
   * Folder of a language model that helps to predict, as the keys say: see {@link Features#with}.
   * Empty where none does.
   */
  default Optional<String> languageModel(TaskSettings settings) {
    return Optional.empty();
  }

  /**
   * Begins to gather what it must know of the training rows.
   *
   * @throws IllegalArgumentException if a key has a value that it cannot have
   */
  Fitting fitting(TaskSettings settings);

  /**
   * As {@link #fitting(TaskSettings)}, to start from layers that were trained on other text: their
   * vocabulary is taken as it is, with the way in which it cuts text.
   *
   * @throws IllegalArgumentException if the task has no use for a vocabulary
   */
  default Fitting fitting(TaskSettings settings, Vocabulary given) {
    throw new ValueException("task", name(), "cannot start from the vocabulary of another network");
  }

  /**
   * Reads what {@link Features#toJson} wrote.
   *
   * @throws IllegalArgumentException naming the field that is missing, unknown or refused
   */
  Features features(String json);
}
