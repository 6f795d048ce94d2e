package org.rondo.training.storage;

/**
 * A checkpoint that cannot be used as it is: missing, unreadable, truncated or corrupt. The message
 * names the file.
 */
public sealed class CheckpointException extends IllegalArgumentException
    permits DamagedFileException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
