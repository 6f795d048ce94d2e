package org.rondo.serving;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.rondo.kernels.ElementType;
import org.rondo.kernels.Kernels;
import org.rondo.models.NetworkSpec;
import org.rondo.tasks.Column;
import org.rondo.tasks.Example;
import org.rondo.tasks.Features;
import org.rondo.tasks.Predictor;

/**
 * A trained model of any task that learns rows, in a plain JVM, such as a service. Any number of
 * threads may predict at once; a prediction depends on its row alone.
 *
 * <p>Predictions are those of {@code rondo predict} and of a Spark ML model's {@code transform},
 * computed in float32. They are bit-identical to the latter's with {@code inferBatchSize} = 1;
 * products of other shapes may differ in the last bits.
 */
public final class TrainedModel implements AutoCloseable {
  private final Features features;
  private final NetworkSpec network;
  private final float[] parameters;
  private final Kernels kernels;

  /**
   * A predictor serves one thread at a time; idle ones wait here, as many as ever worked at once.
   */
  private final Queue<Predictor> idle = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  private TrainedModel(ModelFiles files) {
    this.features = files.features();
    this.network = files.network();
    this.parameters = files.parameters();
    this.kernels = Kernels.best();
    idle.add(predictor()); // says what does not fit, before the first row comes
  }

  /**
   * Reads a checkpoint's folder, or the best checkpoint of a run's output folder.
   *
   * @throws IllegalArgumentException if there is none, one of its files is missing or damaged, or
   *     it is of a language model
   */
  public static TrainedModel load(Path folder) {
    return new TrainedModel(ModelFiles.read(folder));
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
   *     history} at least, see {@link org.rondo.tasks.WindowPlan#COLUMNS}
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

  private Example example(Map<String, ?> row) {
    return new Example(
        "row", features.windows().<Map<String, ?>>map(plan -> WindowRow.of(row, plan)).orElse(row));
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
