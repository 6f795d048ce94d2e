package org.rondo.driver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Locale;
import org.rondo.training.Retries;
import org.rondo.training.TrainingException;

/**
 * What a task came to: its value, or the failure of Rondo's own that every further try would meet
 * again. Not a record, and the failure in bytes, since it passes through serializers that cannot
 * restore records or exceptions.
 */
final class Outcome<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final T value;
  private final byte[] failure;

  private Outcome(T value, byte[] failure) {
    this.value = value;
    this.failure = failure;
  }

  static <T> Outcome<T> of(T value) {
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
    return new Outcome<>(null, bytes(failure));
  }

  boolean isFailure() {
    return failure != null;
  }

  /** The same failure in the place of another value. */
  <R> Outcome<R> failure() {
    return new Outcome<>(null, failure);
  }

  /**
   * The value.
   *
   * @throws RuntimeException the failure, if it is one
   */
  T get() {
    if (failure != null) {
      throw exception(failure);
    }
    return value;
  }

  private static byte[] bytes(RuntimeException failure) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    } catch (IOException e) {
      throw failure; // which holds what cannot travel: Spark's own way is left
    }
    return bytes.toByteArray();
  }

  private static RuntimeException exception(byte[] bytes) {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (RuntimeException) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      return new TrainingException(
          String.format(Locale.ROOT, "a task failed, and why cannot be read here: %s", e), e);
    }
  }
}
