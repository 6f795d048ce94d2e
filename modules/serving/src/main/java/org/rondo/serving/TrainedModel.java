package org.rondo.serving;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.kernels.ValueException;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Column;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;
import org.rondo.tasks.Task;
import org.rondo.tasks.TaskReference;
import org.rondo.tasks.TaskSettings;

/**
 * A trained model of any task that predicts rows, in a plain JVM, such as a service. Any number of
 * threads may predict at once; a prediction depends on its row alone.
 *
 * <p>Predictions are those of {@code rondo predict} and of a Spark ML model's {@code transform},
 * computed in float32. They are bit-identical to the latter's with {@code inferBatchSize} = 1 and
 * {@code precision} other than {@code bfloat16}, where both are asked alike; products of other
 * shapes may differ in the last bits.
 */
public final class TrainedModel implements AutoCloseable {
  private final Features features;
  private final NetworkSpec network;
  private final float[] parameters;
  private final Kernels kernels;

  /**
   * Roles of columns that only learning reads; a row that has them is predicted as if it had not.
   */
  private final Set<String> learned;

  /**
   * A predictor serves one thread at a time; idle ones wait here, as many as ever worked at once.
   */
  private final Queue<Predictor> idle = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  private TrainedModel(ModelFiles files, Features features) {
    if (features.events().isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "serving: a model of task = %s scores events one after the other, which"
                  + " org.rondo.tasks.stream.EventScorer and a stream of Spark's do; it predicts no"
                  + " single rows",
              features.task()));
    }
    this.features = features;
    this.network = files.network();
    this.parameters = files.parameters();
    this.kernels = Kernels.best();
    this.learned = learned(Task.ALL.named(features.task()));
    idle.add(predictor()); // says what does not fit, before the first row comes
  }

  /**
   * Reads a checkpoint's folder, or the best checkpoint of a run's output folder. A translator
   * gives the likeliest token of every step, a transcriber the likeliest symbol.
   *
   * @throws IllegalArgumentException if there is none, one of its files is missing or damaged, or
   *     it is of a language model or of a detector of anomalies
   */
  public static TrainedModel load(Path folder) {
    ModelFiles files = ModelFiles.read(folder);
    return new TrainedModel(files, files.features());
  }

  /**
   * As {@link #load(Path)}, asked otherwise, as a task's keys of prediction say: {@code
   * Map.of("beam", 5)} for the beam search of a translator. Those that are not given have the
   * defaults of the configuration.
   *
   * @throws IllegalArgumentException as there, or if a key is none of these, or has a value that it
   *     cannot have; a language model beside the network is not read here
   */
  public static TrainedModel load(Path folder, Map<String, ?> keys) {
    ModelFiles files = ModelFiles.read(folder);
    Task task = Task.ALL.named(files.features().task());
    var values = new TreeMap<>(TaskReference.defaults(task));
    keys.forEach(
        (key, value) -> {
          ValueException.unless(
              task.keysOfPrediction().contains(key),
              task.name() + "." + key,
              value,
              "the keys that say how the network is asked are "
                  + new TreeSet<>(task.keysOfPrediction()));
          values.put(key, String.valueOf(value));
        });
    var settings = new TaskSettings(task.name(), values);
    task.languageModel(settings)
        .ifPresent(
            model -> {
              throw settings.refusal(
                  "language_model", "is read by rondo predict and Spark ML alone");
            });
    return new TrainedModel(files, files.features().predicting(settings));
  }

  private static Set<String> learned(Task task) {
    var settings = new TaskSettings(task.name(), TaskReference.defaults(task));
    return task.learned(settings).stream()
        .filter(column -> !column.isInput())
        .map(Column::role)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Predictor predictor() {
    return new Predictor(features, network, parameters, kernels, ElementType.FLOAT32, 1);
  }

  /** The name of its task, such as {@code classification}. */
  public String task() {
    return features.task();
  }

  /** The columns of a prediction, in their order. */
  public List<Column> columns() {
    return features.decoder().columns();
  }

  /**
   * Predicts one row.
   *
   * @param row by the roles of the task's columns, such as {@code text}, of the classes that {@link
   *     org.rondo.tasks.ColumnType} says; of a task of series a window, {@code channels} and {@code
   *     history} at least, see {@link org.rondo.tasks.WindowPlan#COLUMNS}; other keys, and what
   *     only learning reads, such as {@code label}, are passed over
   * @return by the names of {@link #columns}; numbers that have names, such as the probabilities of
   *     labels, are a map by these
   * @throws org.rondo.tasks.BadExampleException if the row cannot be used, naming the column
   * @throws IllegalStateException if the model is closed
   */
  public Map<String, Object> predict(Map<String, ?> row) {
    if (closed) {
      throw new IllegalStateException("serving: the model is closed");
    }
    Predictor predictor = idle.poll();
    if (predictor == null) {
      predictor = predictor();
    }
    try {
      return shown(predictor.predict(example(row)));
    } finally {
      giveBack(predictor);
    }
  }

  private Example example(Map<String, ?> given) {
    var row = new HashMap<String, Object>(given);
    row.keySet().removeAll(learned);
    return new Example("row", features.windows().map(plan -> WindowRow.of(row, plan)).orElse(row));
  }

  private Map<String, Object> shown(Map<String, Object> values) {
    var shown = new LinkedHashMap<String, Object>();
    for (Column column : columns()) {
      Object value = values.get(column.role());
      if (value != null) {
        shown.put(column.role(), column.shown(value));
      }
    }
    return shown;
  }

  private void giveBack(Predictor predictor) {
    idle.add(predictor);
    if (closed) {
      freeIdle();
    }
  }

  private void freeIdle() {
    for (Predictor each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }

  /** Gives its memory back; predictions that are under way end first. */
  @Override
  public void close() {
    closed = true;
    freeIdle();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s: %s", task(), features.summary());
  }
}
