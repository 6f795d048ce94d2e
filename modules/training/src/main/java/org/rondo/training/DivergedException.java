package org.rondo.training;

/** Training ended because its numbers ceased to be finite; the configuration is to blame. */
public final class DivergedException extends TrainingException {
  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }

  public DivergedException(String message, Throwable cause) {
    super(message, cause);
  }
}
