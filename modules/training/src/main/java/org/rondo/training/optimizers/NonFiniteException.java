package org.rondo.training.optimizers;

/** A gradient without a finite norm, so that no step can be taken along it. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which gradient, and where in it
   */
  public NonFiniteException(String message) {
    super(message);
  }
}
