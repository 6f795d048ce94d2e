package org.rondo.training.storage;

/** Checks; messages name the key or the file, and the value. */
public final class Require {
  private Require() {}

  /** Of configuration values. */
  public static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Of a checkpoint's files. */
  public static void intact(boolean condition, String message) {
    if (!condition) {
      throw new CheckpointException(message);
    }
  }
}
