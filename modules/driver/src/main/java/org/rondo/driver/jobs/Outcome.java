package org.rondo.driver.jobs;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import org.rondo.ingest.IngestException;
import org.rondo.training.DivergedException;
import org.rondo.training.TrainingException;
import org.rondo.training.storage.CheckpointException;
import org.rondo.training.storage.DamagedFileException;
import org.rondo.training.storage.Retries;

/**
 * What a task came to: its value, or the failure of Rondo's own that every further try would meet
 * again. Not a record, and the failure as its kind and its texts, since it passes through
 * serializers that cannot restore records or exceptions.
 */
public final class Outcome<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Which exception the driver throws; it decides the exit code of the command. */
  private enum Kind {
    DATA,
    DAMAGE,
    CHECKPOINT,
    DIVERGENCE,
    TRAINING,
    ARGUMENT;

    static Kind of(RuntimeException failure) {
      if (failure instanceof IngestException) {
        return DATA;
      }
      if (failure instanceof DamagedFileException) {
        return DAMAGE;
      }
      if (failure instanceof CheckpointException) {
        return CHECKPOINT;
      }
      if (failure instanceof DivergedException) {
        return DIVERGENCE;
      }
      return failure instanceof TrainingException ? TRAINING : ARGUMENT;
    }

    RuntimeException exception(String message, Throwable task) {
      return switch (this) {
        case DATA -> new IngestException(message, task);
        case DAMAGE -> new DamagedFileException(message, task);
        case CHECKPOINT -> new CheckpointException(message, task);
        case DIVERGENCE -> new DivergedException(message, task);
        case TRAINING -> new TrainingException(message, task);
        case ARGUMENT -> new IllegalArgumentException(message, task);
      };
    }
  }

  /** A failure in a form that any serializer restores. */
  private static final class Failure implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String message;
    private final String trace;

    Failure(RuntimeException failure) {
      kind = Kind.of(failure);
      message =
          failure instanceof DamagedFileException damage ? damage.problem() : failure.getMessage();
      var text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text, true));
      trace = text.toString();
    }

    RuntimeException exception() {
      return kind.exception(message, new IllegalStateException("in a task: " + trace));
    }
  }

  private final T value;
  private final Failure failure;

  private Outcome(T value, Failure failure) {
    this.value = value;
    this.failure = failure;
  }

  public static <T> Outcome<T> of(T value) {
    return new Outcome<>(value, null);
  }

  /**
   * Of what a task threw.
   *
   * @throws RuntimeException that failure, if another try may go better: storage that does not
   *     answer, or what Rondo did not foresee
   */
  static <T> Outcome<T> failed(RuntimeException failure) {
    boolean own =
        failure instanceof TrainingException || failure instanceof IllegalArgumentException;
    if (!own || Retries.isOfStorage(failure)) {
      throw failure;
    }
    return new Outcome<>(null, new Failure(failure));
  }

  public boolean isFailure() {
    return failure != null;
  }

  /** The same failure in the place of another value. */
  public <R> Outcome<R> failure() {
    return new Outcome<>(null, failure);
  }

  /**
   * The value.
   *
   * @throws RuntimeException the failure, if it is one
   */
  public T get() {
    if (failure != null) {
      throw failure.exception();
    }
    return value;
  }
}
