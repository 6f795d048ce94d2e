package org.rondo.training;

/** Training could not go on: a loss that is no number, mixed kernels, a checkpoint not writable. */
public class TrainingException extends RuntimeException {
  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
