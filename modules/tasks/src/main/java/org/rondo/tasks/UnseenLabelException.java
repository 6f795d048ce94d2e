package org.rondo.tasks;

/** A row with a label or tag that no training row has: a network cannot learn it. */
public final class UnseenLabelException extends BadExampleException {
  private static final long serialVersionUID = 1L;

  public UnseenLabelException(String message) {
    super(message);
  }
}
